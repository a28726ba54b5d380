// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Grant.TokenTerms;
import io.coffer.core.request.Origin;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An engine that lets in: its logins answer with a grant, and it is asked again when a token of one is renewed.
public interface LoginEngine extends Engine {
    /// Whether somebody who was let in may stay.
    ///
    /// @param reader shows the mount's own scope
    Renewal renewal(Reader<Plaintext> reader, Guest guest);

    /// The roles that logins ask for; empty if they have none.
    default Optional<Roles> roles() {
        return Optional.empty();
    }

    /// Tells which role a login asks for, so that a limit can be for one.
    interface Roles {
        /// @return empty if it names none that is there
        Optional<String> of(Call call, Reader<Plaintext> reader);
    }

    /// Somebody who was let in.
    ///
    /// @param facts what the login has left for this question
    /// @param policies what his token has now
    /// @param origin where the one comes from who asks that he may stay
    record Guest(Map<String, String> facts, List<String> policies, Origin origin, Instant now) {
        public Guest {
            facts = Map.copyOf(facts);
            policies = List.copyOf(policies);
        }

        /// What the login has left under a name; empty if nothing.
        public String fact(String name) {
            return facts.getOrDefault(name, "");
        }
    }

    /// The answer.
    sealed interface Renewal {
        /// He may, by what his role says now.
        record Granted(TokenTerms terms) implements Renewal {}

        record Refused(String error) implements Renewal {}
    }
}
