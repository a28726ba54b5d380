// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.Cidr;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import java.util.List;
import java.util.Optional;

/// What a secret text may do, and how long: everything that is known of a token but its text.
///
/// @param accessor a name for it that lets nobody in; empty for a batch token
/// @param parent what it lives no longer than: the id of a token, a login mount, or nothing
/// @param uses how many requests it is good for: 0 for any number, {@link #LAST_USE} while the last one runs
/// @param bound the addresses that it may come from; empty for any
public record Token(
        String accessor,
        Type type,
        List<String> policies,
        Provenance provenance,
        Parent parent,
        Lifetime life,
        long uses,
        List<Cidr> bound) {
    /// The policy that allows everything.
    public static final String ROOT_POLICY = "root";

    /// The uses of a token whose last request is under way; seen only inside of that request's transaction.
    public static final long LAST_USE = -1;

    public Token {
        policies = List.copyOf(policies);
        bound = List.copyOf(bound);
        if (uses < LAST_USE || type == Type.SERVICE && accessor.isEmpty()) {
            throw new IllegalArgumentException("a token counts its uses upwards from zero and has an accessor");
        }
    }

    /// Whether it is stored.
    public enum Type {
        /// Stored, revocable, may have children.
        SERVICE,
        /// Sealed into its own text; nothing is stored.
        BATCH;

        public String wireName() {
            return this == SERVICE ? "service" : "batch";
        }
    }

    /// Whether no other token's end is its own.
    public boolean isOrphan() {
        return !(parent instanceof Parent.OfToken);
    }

    public boolean isRoot() {
        return policies.contains(ROOT_POLICY);
    }

    /// Whether each request costs it something.
    public boolean isCounted() {
        return uses != 0;
    }

    /// Whether it may come from there. One without an end is bound to no address: it is what lets an
    /// operator back in.
    public boolean admits(String address) {
        return bound.isEmpty() || life.expires().isEmpty() || bound.stream().anyMatch(block -> block.contains(address));
    }

    /// What a client is told when it gets this token or prolongs it.
    ///
    /// @param credential its text, for whoever has shown it or gets it now
    /// @param identityPolicies those of the entity that it belongs to
    public Auth told(Optional<Credential> credential, List<String> identityPolicies) {
        return new Auth(
                credential,
                accessor,
                policies,
                identityPolicies,
                provenance.metadata(),
                life.terms().ttl().toSeconds(),
                life.renewable(),
                provenance.entityId(),
                type.wireName(),
                isOrphan(),
                uses);
    }

    public Token with(Lifetime other) {
        return new Token(accessor, type, policies, provenance, parent, other, uses, bound);
    }

    Token withUses(long other) {
        return new Token(accessor, type, policies, provenance, parent, life, other, bound);
    }

    Token orphaned() {
        return new Token(accessor, type, policies, provenance, Parent.NONE, life, uses, bound);
    }
}
