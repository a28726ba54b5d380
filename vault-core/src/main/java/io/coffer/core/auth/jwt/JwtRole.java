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
/// @param bound claims, and of each the value that it must have or a list of such, as they were given
/// @param globs whether `*` in such a value stands for any text
/// @param mappings claims that become metadata, and its names
/// @param verbose only read back
record JwtRole(
        String name,
        String type,
        Names names,
        Json.Obj bound,
        boolean globs,
        Map<String, String> mappings,
        Leeway leeway,
        boolean verbose,
        TokenRules rules) {
    private static final int FORM = 1;

    /// @param user the claim that says who it is
    /// @param pointer whether that claim is named by the way to it, as `/a/b`
    /// @param groups the claim that says which groups he is in; empty for none
    /// @param audiences of which the token must be for one; empty if it must be for none
    /// @param subject whom the token must be about; empty for anybody
    /// @param redirects where the issuer may send people back to
    /// @param scopes what the issuer is asked for, beside `openid`
    record Names(
            String user,
            boolean pointer,
            String groups,
            List<String> audiences,
            String subject,
            List<String> redirects,
            List<String> scopes) {
        static final Names NONE = new Names("", false, "", List.of(), "", List.of(), List.of());

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
        mappings = Map.copyOf(mappings);
    }

    /// Whether it is for people who sign in at the issuer.
    boolean signsIn() {
        return type.equals("oidc");
    }

    static JwtRole fresh(String name) {
        return new JwtRole(
                name, "oidc", Names.NONE, Json.EMPTY, false, Map.of(), Leeway.STANDARD, false, TokenRules.NONE);
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
                                .put("pointer", names.pointer() ? 1 : 0)
                                .put("groups", names.groups())
                                .put("audiences", Json.of(names.audiences()))
                                .put("subject", names.subject())
                                .put("redirects", Json.of(names.redirects()))
                                .put("scopes", Json.of(names.scopes()))
                                .put("claims", bound)
                                .put("globs", globs)
                                .put("mappings", Json.ofTexts(mappings))
                                .put("expiration", leeway.givenExpiration())
                                .put("not_before", leeway.givenNotBefore())
                                .put("skew", leeway.givenSkew())
                                .put("max_age", leeway.maxAge())
                                .put("verbose", verbose ? 1 : 0))
                        .build())));
    }

    Json.Obj describe() {
        Json.Builder data = Json.object()
                .put("allowed_redirect_uris", Json.of(names.redirects()))
                .put("bound_audiences", Json.of(names.audiences()))
                .put("bound_claims", bound.members().isEmpty() ? Json.NULL : bound)
                .put("bound_claims_type", globs ? "glob" : "string")
                .put("bound_subject", names.subject())
                .put("callback_mode", "client")
                .put("claim_mappings", mappings.isEmpty() ? Json.NULL : Json.ofTexts(mappings))
                .put("clock_skew_leeway", leeway.givenSkew())
                .put("expiration_leeway", leeway.givenExpiration())
                .put("groups_claim", names.groups())
                .put("max_age", leeway.maxAge())
                .put("not_before_leeway", leeway.givenNotBefore())
                .put("oidc_scopes", Json.of(names.scopes()))
                .put("role_type", type)
                .put("user_claim", names.user())
                .put("user_claim_json_pointer", names.pointer())
                .put("verbose_oidc_logging", verbose);
        return rules.describe(data).build();
    }

    /// The claim that says who it is, if the token has it.
    Optional<String> user(Claims claims) {
        return names.pointer() ? claims.text(names.user()) : claims.member(names.user());
    }

    private static JwtRole read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        String user = stored.text("user");
        JwtRole role = new JwtRole(
                stored.text("name"),
                stored.text("role_type"),
                new Names(
                        user,
                        stored.optionalNumber("pointer").orElse(user.startsWith("/") ? 1 : 0) == 1,
                        stored.text("groups"),
                        stored.texts("audiences"),
                        stored.text("subject"),
                        stored.texts("redirects"),
                        stored.texts("scopes")),
                stored.object("claims"),
                stored.flag("globs"),
                stored.textMap("mappings"),
                new Leeway(
                        stored.number("expiration"),
                        stored.number("not_before"),
                        stored.number("skew"),
                        stored.optionalNumber("max_age").orElse(0)),
                stored.optionalNumber("verbose").orElse(0) == 1,
                TokenRules.read(stored));
        stored.end();
        return role;
    }

    /// Whether bound claims are texts, or lists of them.
    static boolean areTexts(Json.Obj claims) {
        return claims.members().keySet().stream()
                .allMatch(name -> new Claims(claims).own(name).isPresent());
    }

    /// The bound claims with the values of which each must have one.
    Map<String, List<String>> wanted() {
        Map<String, List<String>> wanted = new TreeMap<>();
        Claims given = new Claims(bound);
        bound.members()
                .keySet()
                .forEach(name -> wanted.put(name, given.own(name).orElse(List.of())));
        return wanted;
    }
}
