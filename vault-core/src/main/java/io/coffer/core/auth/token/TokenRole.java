// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What tokens may be made under a name, by those who may not do as they like.
///
/// @param rules its tokens' type, period, longest life, uses and addresses; their policies are not used
/// @param pathSuffix what the path of its tokens ends in; empty for the role's name alone
record TokenRole(
        String name,
        Policies policies,
        boolean orphan,
        boolean renewable,
        String pathSuffix,
        List<String> entityAliases,
        TokenRules rules) {
    private static final int FORM = 1;

    TokenRole {
        entityAliases = List.copyOf(entityAliases);
    }

    /// Which policies its tokens may have and which they may not; names, and patterns with `*`.
    record Policies(
            List<String> allowed, List<String> disallowed, List<String> allowedGlob, List<String> disallowedGlob) {
        static final Policies ANY = new Policies(List.of(), List.of(), List.of(), List.of());

        Policies {
            allowed = List.copyOf(allowed);
            disallowed = List.copyOf(disallowed);
            allowedGlob = List.copyOf(allowedGlob);
            disallowedGlob = List.copyOf(disallowedGlob);
        }

        boolean allowsSome() {
            return !allowed.isEmpty() || !allowedGlob.isEmpty();
        }

        boolean decide() {
            return allowsSome() || !disallowed.isEmpty() || !disallowedGlob.isEmpty();
        }

        boolean disallow(String policy) {
            return disallowed.contains(policy)
                    || disallowedGlob.stream().anyMatch(pattern -> Glob.matches(pattern, policy));
        }
    }

    static TokenRole fresh(String name) {
        return new TokenRole(name, Policies.ANY, false, true, "", List.of(), TokenRules.NONE);
    }

    Duration period() {
        return rules.terms().life().period();
    }

    Duration explicitMax() {
        return rules.terms().life().explicitMax();
    }

    /// The shorter of the longest lives that the role and somebody else say; zero says none.
    Duration stricterExplicitMax(Duration other) {
        return explicitMax().isZero() || other.isPositive() && other.compareTo(explicitMax()) < 0
                ? other
                : explicitMax();
    }

    static Optional<TokenRole> find(Reader<Plaintext> reader, MountConfig mount, String name) {
        StorageKey key = key(mount, name);
        return reader.get(key).map(value -> read(key, value));
    }

    static StorageKey key(MountConfig mount, String name) {
        return folder(mount).key(name);
    }

    static Folder folder(MountConfig mount) {
        return mount.folder().folder("role");
    }

    Plaintext write() {
        return new Plaintext(JsonText.write(rules.write(Json.object()
                        .put("v", FORM)
                        .put("name", name)
                        .put("allowed", Json.of(policies.allowed()))
                        .put("disallowed", Json.of(policies.disallowed()))
                        .put("allowed_glob", Json.of(policies.allowedGlob()))
                        .put("disallowed_glob", Json.of(policies.disallowedGlob()))
                        .put("orphan", orphan)
                        .put("renewable", renewable)
                        .put("path_suffix", pathSuffix)
                        .put("entity_aliases", Json.of(entityAliases)))
                .build()));
    }

    static TokenRole read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        TokenRole role = new TokenRole(
                stored.text("name"),
                new Policies(
                        stored.texts("allowed"),
                        stored.texts("disallowed"),
                        stored.texts("allowed_glob"),
                        stored.texts("disallowed_glob")),
                stored.flag("orphan"),
                stored.flag("renewable"),
                stored.text("path_suffix"),
                stored.texts("entity_aliases"),
                TokenRules.read(stored));
        stored.end();
        return role;
    }
}
