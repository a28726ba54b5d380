// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.secret.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an entry tells of a request.
///
/// @param data the parameters and the body as far as they were read; {@link Json#NULL} if they were not
/// @param secrets fields that stand off the heap; HMACs of them are in the entry, whatever the device's
///     options
/// @param granting names of the policies whose rule allowed it; none where no rule was asked
/// @param error why it was refused; empty if it was allowed. A text of ours, without any value
public record AuditFacts(
        Incoming incoming,
        Subject subject,
        Mount mount,
        Json data,
        Map<String, Secret> secrets,
        List<String> granting,
        String error) {
    public AuditFacts {
        secrets = Map.copyOf(secrets);
        granting = List.copyOf(granting);
    }

    /// Who called, as far as is known.
    ///
    /// @param id a name derived from the token that was sent, as {@code Caller} has it; empty if there is none
    /// @param accessor empty for nobody
    /// @param policies of the token
    /// @param all these and those of whom it belongs to
    public record Subject(
            String id,
            String accessor,
            String displayName,
            List<String> policies,
            String entityId,
            List<String> all,
            Life life) {
        public static final Subject NOBODY = new Subject("", "", "", List.of(), "");

        public Subject {
            policies = List.copyOf(policies);
            all = List.copyOf(all);
        }

        public Subject(String id, String accessor, String displayName, List<String> policies, String entityId) {
            this(id, accessor, displayName, policies, entityId, policies, Life.NONE);
        }
    }

    /// The token that was shown.
    ///
    /// @param type as `service`; empty if there is none
    /// @param seconds that it was to live when it was made; zero for ever
    /// @param metadata what was said of it then
    public record Life(String type, long seconds, Instant issued, Map<String, String> metadata) {
        static final Life NONE = new Life("", 0, Instant.EPOCH, Map.of());

        public Life {
            metadata = Map.copyOf(metadata);
        }
    }

    /// The mount that the path belongs to.
    ///
    /// @param shownInRequest names of members whose strings its operator lets entries of requests show in clear
    /// @param shownInAnswer the same for entries of answers
    public record Mount(
            String path, String type, String accessor, Set<String> shownInRequest, Set<String> shownInAnswer) {
        public static final Mount NONE = new Mount("", "", "");

        public Mount {
            shownInRequest = Set.copyOf(shownInRequest);
            shownInAnswer = Set.copyOf(shownInAnswer);
        }

        public Mount(String path, String type, String accessor) {
            this(path, type, accessor, Set.of(), Set.of());
        }
    }

    /// A request of which nothing more is known yet.
    public static AuditFacts of(Incoming incoming) {
        return new AuditFacts(incoming, Subject.NOBODY, Mount.NONE, Json.NULL, Map.of(), List.of(), "");
    }

    public AuditFacts by(Subject caller) {
        return new AuditFacts(incoming, caller, mount, data, secrets, granting, error);
    }

    public AuditFacts at(Mount target) {
        return new AuditFacts(incoming, subject, target, data, secrets, granting, error);
    }

    public AuditFacts with(Json read, Map<String, Secret> apart) {
        return new AuditFacts(incoming, subject, mount, read, apart, granting, error);
    }

    public AuditFacts granted(List<String> by) {
        return new AuditFacts(incoming, subject, mount, data, secrets, by, error);
    }

    public AuditFacts refused(String reason) {
        return new AuditFacts(incoming, subject, mount, data, secrets, List.of(), reason);
    }

    @Override
    public String toString() {
        return "AuditFacts[" + incoming + "]";
    }
}
