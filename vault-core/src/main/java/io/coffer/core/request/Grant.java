// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.Cidr;
import io.coffer.core.Ttl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a handler wants a client to get. The pipeline makes it in the transaction of the handler, so that neither is
/// there without the other.
public sealed interface Grant {
    /// A token for somebody who has shown who he is, if he may log in from where he is.
    ///
    /// @param displayName what the method calls him, without its path
    /// @param alias the one name that the method knows him by
    /// @param groups the groups that the method says he is in; empty if it says nothing of groups
    /// @param facts what the method wants to know again at a renewal
    record Login(
            TokenTerms terms,
            List<String> policies,
            String displayName,
            String alias,
            Map<String, String> metadata,
            Optional<List<String>> groups,
            Map<String, String> facts)
            implements Grant {
        public Login {
            policies = List.copyOf(policies);
            groups = groups.map(List::copyOf);
            metadata = Map.copyOf(metadata);
            facts = Map.copyOf(facts);
        }
    }

    /// A secret that ends, and that its engine takes back then.
    ///
    /// @param data what the client gets
    /// @param ttl zero for the mount's
    /// @param max zero for the mount's
    /// @param facts what the engine wants to know again when it renews or takes back; nobody sees it
    record Lease(Json data, Duration ttl, Duration max, boolean renewable, Map<String, String> facts) implements Grant {
        public Lease {
            facts = Map.copyOf(facts);
        }
    }

    /// What a login's role says of its tokens.
    ///
    /// @param noDefaultPolicy whether the policy `default` is not added
    /// @param type as a role says it: `default`, `service`, `batch`, `default-service` or `default-batch`
    /// @param uses 0 for any number
    /// @param strict whether they are bound to the one address that somebody logs in from
    record TokenTerms(
            Ttl.Terms life, List<Cidr> bound, boolean noDefaultPolicy, String type, long uses, boolean strict) {
        public TokenTerms {
            bound = List.copyOf(bound);
        }

        /// Whether somebody may log in from there.
        public boolean admits(String address) {
            return bound.isEmpty() || bound.stream().anyMatch(block -> block.contains(address));
        }
    }
}
