// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Slow;
import io.coffer.core.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Asks a directory whether somebody has a password, and which groups he is in.
public interface Directory {
    /// There is none.
    Directory NONE = (question, user, password, slow) -> new Outcome.Failed("this vault asks nobody");

    /// @param user as he is known to the vault; whatever it holds, it is one value and no part of a filter or name
    /// @param password not empty
    Outcome ask(Question question, String user, Secret password, Slow slow);

    /// What came back.
    sealed interface Outcome {
        /// He has that password.
        ///
        /// @param name that the attribute of users' names has for him; empty if that is what he logged in
        ///     by, in whatever case, or if nobody looked
        /// @param groups by name
        record Known(String name, List<String> groups) implements Outcome {
            public Known {
                groups = List.copyOf(groups);
            }

            public Known(List<String> groups) {
                this("", groups);
            }
        }

        /// He has not, or is not there: nobody learns which.
        record Refused() implements Outcome {}

        /// @param why for the operator; it repeats nothing of what was asked or answered
        record Failed(String why) implements Outcome {}
    }

    /// Whom to ask and how.
    ///
    /// @param urls `ldap://` or `ldaps://`, in the order in which they are tried
    /// @param binder who looks users up; empty to bind as nobody
    /// @param secret the binder's password
    /// @param user where and how users are found
    /// @param group where and how their groups are found
    /// @param waits how long may be waited
    record Question(List<String> urls, Tls tls, String binder, String secret, Users user, Groups group, Waits waits) {
        public Question {
            urls = List.copyOf(urls);
        }

        @Override
        public String toString() {
            return "Question";
        }
    }

    /// @param connection for a connection to a server
    /// @param answer for each answer
    record Waits(Duration connection, Duration answer) {
        public static final Waits LONGEST = new Waits(Duration.ofSeconds(30), Duration.ofSeconds(90));

        /// As was asked for, bounded; zero stands for the longest.
        public Waits with(Optional<Duration> otherConnection, Optional<Duration> otherAnswer) {
            return new Waits(
                    otherConnection
                            .map(wait -> bounded(wait, LONGEST.connection))
                            .orElse(connection),
                    otherAnswer.map(wait -> bounded(wait, LONGEST.answer)).orElse(answer));
        }

        private static Duration bounded(Duration wait, Duration longest) {
            return wait.isZero() || wait.compareTo(longest) > 0 ? longest : wait;
        }
    }

    /// @param start whether a plain connection becomes a TLS one before anything is said
    /// @param trusted certificates in PEM that are trusted instead of the system's; empty for the system's
    /// @param lowest the lowest version: `TLSv1.2` or `TLSv1.3`
    record Tls(boolean start, String trusted, String lowest) {}

    /// @param base below which users are
    /// @param attribute that holds their names
    /// @param discover whether they are looked up; if not, their names are in their paths
    /// @param domain which makes a user's name one to bind with, as `name@domain`; empty for none
    /// @param filter by which they are looked up
    record Users(String base, String attribute, boolean discover, String domain, DirectoryFilter filter) {}

    /// @param base below which groups are; empty if nobody asks for groups
    /// @param attribute that holds their names; of one that is the name of an entry, its `cn` counts
    /// @param filter by which they are looked up
    /// @param byToken whether they are those of the user's `tokenGroups` instead, groups in groups too
    /// @param anonymous whether nobody in particular looks them up
    record Groups(String base, String attribute, DirectoryFilter filter, boolean byToken, boolean anonymous) {}
}
