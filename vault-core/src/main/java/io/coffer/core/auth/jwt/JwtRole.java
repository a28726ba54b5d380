// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a token must say to be let in, and what tokens of the vault that leads to.
///
/// @param type `jwt`, or `oidc` for those who sign in at the issuer
/// @param bound claims and the values of which each must have one
/// @param globs whether `*` in such a value stands for any text
/// @param mappings claims that become metadata, and its names
record JwtRole(
        String name,
        String type,
        Names names,
        Map<String, List<String>> bound,
        boolean globs,
        Map<String, String> mappings,
        Leeway leeway,
        TokenRules rules) {
    private static final int FORM = 1;

    /// @param user the claim that says who it is
    /// @param groups the claim that says which groups he is in; empty for none
    /// @param audiences of which the token must be for one; empty if it must be for none
    /// @param subject whom the token must be about; empty for anybody
    /// @param redirects where the issuer may send people back to
    /// @param scopes what the issuer is asked for, beside `openid`
    record Names(
            String user,
            String groups,
            List<String> audiences,
            String subject,
            List<String> redirects,
            List<String> scopes) {
        static final Names NONE = new Names("", "", List.of(), "", List.of(), List.of());

        Names {
            audiences = List.copyOf(audiences);
            redirects = List.copyOf(redirects);
            scopes = List.copyOf(scopes);
        }
    }

    /// In seconds, as given: zero for the usual length, negative for none.
    ///
    /// @param givenExpiration how long a token lives that does not say it
    /// @param givenNotBefore how long before its end a token begins that does not say it
    /// @param givenSkew how wrong clocks may be
    /// @param maxAge how long ago somebody may have signed in; 0 for any time
    record Leeway(long givenExpiration, long givenNotBefore, long givenSkew, long maxAge) {
        static final Leeway STANDARD = new Leeway(0, 0, 0, 0);

        long expiration() {
            return length(givenExpiration, 150);
        }

        long notBefore() {
            return length(givenNotBefore, 150);
        }

        long skew() {
            return length(givenSkew, 60);
        }

        private static long length(long given, long usual) {
            return given == 0 ? usual : Math.max(given, 0);
        }
    }

    JwtRole {
        bound = Map.copyOf(bound);
        mappings = Map.copyOf(mappings);
    }

    /// Whether it is for people who sign in at the issuer.
    boolean signsIn() {
        return type.equals("oidc");
    }

    static JwtRole fresh(String name) {
        return new JwtRole(name, "oidc", Names.NONE, Map.of(), false, Map.of(), Leeway.STANDARD, TokenRules.NONE);
    }

    static Optional<JwtRole> find(Reader<Plaintext> reader, Folder mount, String name) {
        StorageKey key = folder(mount).key(name);
        return reader.get(key).map(value -> read(key, value));
    }

    static Folder folder(Folder mount) {
        return mount.folder("role");
    }

    void save(Writer<Plaintext> writer, Folder mount) {
        writer.put(
                folder(mount).key(name),
                new Plaintext(JsonText.write(rules.write(Json.object()
                                .put("v", FORM)
                                .put("name", name)
                                .put("role_type", type)
                                .put("user", names.user())
                                .put("groups", names.groups())
                                .put("audiences", Json.of(names.audiences()))
                                .put("subject", names.subject())
                                .put("redirects", Json.of(names.redirects()))
                                .put("scopes", Json.of(names.scopes()))
                                .put("claims", claims())
                                .put("globs", globs)
                                .put("mappings", Json.ofTexts(mappings))
                                .put("expiration", leeway.givenExpiration())
                                .put("not_before", leeway.givenNotBefore())
                                .put("skew", leeway.givenSkew())
                                .put("max_age", leeway.maxAge()))
                        .build())));
    }

    Json.Obj describe() {
        Json.Builder data = Json.object()
                .put("allowed_redirect_uris", Json.of(names.redirects()))
                .put("bound_audiences", Json.of(names.audiences()))
                .put("bound_claims", bound.isEmpty() ? Json.NULL : claims())
                .put("bound_claims_type", globs ? "glob" : "string")
                .put("bound_subject", names.subject())
                .put("claim_mappings", mappings.isEmpty() ? Json.NULL : Json.ofTexts(mappings))
                .put("clock_skew_leeway", leeway.givenSkew())
                .put("expiration_leeway", leeway.givenExpiration())
                .put("groups_claim", names.groups())
                .put("max_age", leeway.maxAge())
                .put("not_before_leeway", leeway.givenNotBefore())
                .put("oidc_scopes", Json.of(names.scopes()))
                .put("role_type", type)
                .put("user_claim", names.user())
                .put("user_claim_json_pointer", names.user().startsWith("/"))
                .put("verbose_oidc_logging", false);
        return rules.describe(data).build();
    }

    private Json claims() {
        Json.Builder claims = Json.object();
        new TreeMap<>(bound).forEach((name, values) -> claims.put(name, Json.of(values)));
        return claims.build();
    }

    private static JwtRole read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        JwtRole role = new JwtRole(
                stored.text("name"),
                stored.text("role_type"),
                new Names(
                        stored.text("user"),
                        stored.text("groups"),
                        stored.texts("audiences"),
                        stored.text("subject"),
                        stored.texts("redirects"),
                        stored.texts("scopes")),
                bound(stored.object("claims")).orElse(Map.of()),
                stored.flag("globs"),
                stored.textMap("mappings"),
                new Leeway(
                        stored.number("expiration"),
                        stored.number("not_before"),
                        stored.number("skew"),
                        stored.optionalNumber("max_age").orElse(0)),
                TokenRules.read(stored));
        stored.end();
        return role;
    }

    /// Claims with the values that they may have, each one text or a list of them; empty if something else is there.
    static Optional<Map<String, List<String>>> bound(Json.Obj given) {
        Claims claims = new Claims(given);
        Map<String, List<String>> bound = new TreeMap<>();
        for (String name : given.members().keySet()) {
            Optional<List<String>> values = claims.own(name);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            bound.put(name, values.get());
        }
        return Optional.of(bound);
    }
}
