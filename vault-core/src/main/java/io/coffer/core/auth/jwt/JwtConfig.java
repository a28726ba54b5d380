// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.CorruptedException;
import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.crypto.SignatureAlgorithm;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whose signatures count.
///
/// @param keys public keys in PEM
/// @param setUrl where a key set lies; empty for none
/// @param discoveryUrl where it is said where a key set lies, which is also who issues; empty for none
/// @param trusted certificates in PEM that are trusted when one of those is asked; empty for the system's
/// @param issuer who must have issued a token; empty for anybody
/// @param algorithms those that are allowed; empty for all
/// @param defaultRole the role of logins that name none; empty for none
/// @param client who we are where people sign in
/// @param shown what changes nothing
record JwtConfig(
        List<String> keys,
        String setUrl,
        String discoveryUrl,
        String trusted,
        String issuer,
        List<String> algorithms,
        String defaultRole,
        Client client,
        Shown shown) {
    static final Field[] FIELDS = {
        Field.texts("jwt_validation_pubkeys", "Public keys in PEM."),
        Field.text("jwks_url", "Where a JSON web key set lies."),
        Field.text("jwks_ca_pem", "Certificates in PEM to trust there."),
        Field.text("oidc_discovery_url", "The issuer, who says at the usual path where the key set lies."),
        Field.text("oidc_discovery_ca_pem", "Certificates in PEM to trust there."),
        Field.text("bound_issuer", "Who must have issued a token."),
        Field.texts("jwt_supported_algs", "The algorithms that are allowed; all of them, if absent."),
        Field.text("oidc_client_id", "Who the vault is to the issuer, where people sign in there."),
        Field.secret("oidc_client_secret", "What it proves that with; never read back."),
        Field.text("oidc_response_mode", "Only query."),
        Field.texts("oidc_response_types", "Only code."),
        Field.text("default_role", "The role of logins that name none."),
        Field.flag("skip_jwks_validation", "Whether the key set is not fetched to see if it is there."),
        Field.flag("namespace_in_state", "Read back only: there are no namespaces."),
    };

    private static final int FORM = 1;

    /// @param id empty if nobody signs in at the issuer
    /// @param secret empty for a public client
    record Client(String id, String secret) {
        static final Client NONE = new Client("", "");

        @Override
        public String toString() {
            return "Client";
        }
    }

    /// What is read back as it was given, and says what is so anyway.
    ///
    /// @param mode empty, or `query`
    /// @param types empty, or `code`
    record Shown(boolean namespaceInState, String mode, List<String> types) {
        Shown {
            types = List.copyOf(types);
        }

        static Shown of(Values values) {
            return new Shown(
                    values.flag("namespace_in_state").orElse(true),
                    values.text("oidc_response_mode").orElse(""),
                    values.strings("oidc_response_types").orElse(List.of()));
        }

        static Shown read(StoredRecord stored) {
            String types = stored.optionalText("response_types").orElse("");
            return new Shown(
                    stored.optionalNumber("namespace_in_state").orElse(1) == 1,
                    stored.optionalText("response_mode").orElse(""),
                    types.isEmpty() ? List.of() : List.of(types));
        }

        Json.Builder write(Json.Builder record) {
            return record.put("namespace_in_state", namespaceInState ? 1 : 0)
                    .put("response_mode", mode)
                    .put("response_types", String.join(",", types));
        }
    }

    JwtConfig {
        keys = List.copyOf(keys);
        algorithms = List.copyOf(algorithms);
    }

    static JwtConfig of(Values values) {
        String setTrust = values.text("jwks_ca_pem").orElse("");
        String discoveryTrust = values.text("oidc_discovery_ca_pem").orElse("");
        return new JwtConfig(
                values.strings("jwt_validation_pubkeys").orElse(List.of()),
                values.text("jwks_url").orElse(""),
                values.text("oidc_discovery_url").orElse(""),
                setTrust.isEmpty() ? discoveryTrust : setTrust,
                values.text("bound_issuer").orElse(""),
                values.strings("jwt_supported_algs").orElse(List.of()),
                values.text("default_role").orElse(""),
                new Client(
                        values.text("oidc_client_id").orElse(""),
                        values.secret("oidc_client_secret")
                                .map(text -> text.use(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                                .orElse("")),
                Shown.of(values));
    }

    /// Why a request asks for what there is not; empty if it does not.
    static String unsupported(Values values) {
        String mode = values.text("oidc_response_mode").orElse("");
        if (!mode.isEmpty() && !mode.equals("query")) {
            return "'oidc_response_mode' must be query";
        }
        List<String> types = values.strings("oidc_response_types").orElse(List.of());
        return types.isEmpty() || types.equals(List.of("code"))
                ? ""
                : "'oidc_response_types' must be code: a token goes through no browser";
    }

    static boolean isUrl(String text) {
        return text.startsWith("https://") || text.startsWith("http://");
    }

    /// Why it cannot be one; empty if it can.
    String refusal() {
        long sources = List.of(!keys.isEmpty(), !setUrl.isEmpty(), !discoveryUrl.isEmpty()).stream()
                .filter(given -> given)
                .count();
        if (sources != 1) {
            return "exactly one of 'jwt_validation_pubkeys', 'jwks_url' or 'oidc_discovery_url' must be set";
        }
        if (keys.stream().anyMatch(pem -> PublicKeys.fromPem(pem).isEmpty())) {
            return "'jwt_validation_pubkeys' must hold public keys or certificates in PEM";
        }
        for (String url : List.of(setUrl, discoveryUrl)) {
            if (!url.isEmpty() && !isUrl(url)) {
                return "the URL of a key set begins with https:// or http://";
            }
        }
        if (!trusted.isEmpty() && PublicKeys.certificates(trusted).isEmpty()) {
            return "the certificates to trust must be in PEM";
        }
        if (client.id().isEmpty() ? !client.secret().isEmpty() : discoveryUrl.isEmpty()) {
            return "'oidc_client_id' needs 'oidc_discovery_url', and 'oidc_client_secret' needs both";
        }
        return algorithms.stream()
                        .allMatch(name -> SignatureAlgorithm.named(name).isPresent())
                ? ""
                : "'jwt_supported_algs' must be among " + EnumSet.allOf(SignatureAlgorithm.class);
    }

    Set<SignatureAlgorithm> allowed() {
        EnumSet<SignatureAlgorithm> allowed = EnumSet.noneOf(SignatureAlgorithm.class);
        algorithms.forEach(name -> SignatureAlgorithm.named(name).ifPresent(allowed::add));
        return allowed.isEmpty() ? EnumSet.allOf(SignatureAlgorithm.class) : allowed;
    }

    /// Who must have issued a token: an issuer that is asked issues under its own name.
    String expectedIssuer() {
        return issuer.isEmpty() ? discoveryUrl : issuer;
    }

    /// Whether keys have to be fetched.
    boolean fetches() {
        return keys.isEmpty();
    }

    Json.Obj describe() {
        return Json.object()
                .put("bound_issuer", issuer)
                .put("default_role", defaultRole)
                .put("jwks_ca_pem", setUrl.isEmpty() ? "" : trusted)
                .put("jwks_url", setUrl)
                .put("jwt_supported_algs", Json.of(algorithms))
                .put("jwt_validation_pubkeys", Json.of(keys))
                .put("namespace_in_state", shown.namespaceInState())
                .put("oidc_client_id", client.id())
                .put("oidc_discovery_ca_pem", discoveryUrl.isEmpty() ? "" : trusted)
                .put("oidc_discovery_url", discoveryUrl)
                .put("oidc_response_mode", shown.mode())
                .put("oidc_response_types", Json.of(shown.types()))
                .put("provider_config", Json.EMPTY)
                .build();
    }

    static Optional<JwtConfig> find(Reader<Plaintext> reader, Folder mount) {
        StorageKey key = key(mount);
        return reader.get(key).map(value -> read(key, value));
    }

    void save(Writer<Plaintext> writer, Folder mount) {
        writer.put(
                key(mount),
                new Plaintext(JsonText.write(shown.write(Json.object()
                                .put("v", FORM)
                                .put("keys", Json.of(keys))
                                .put("set_url", setUrl)
                                .put("discovery_url", discoveryUrl)
                                .put("trusted", trusted)
                                .put("issuer", issuer)
                                .put("algorithms", Json.of(algorithms))
                                .put("default_role", defaultRole)
                                .put("client_id", client.id())
                                .put("client_secret", client.secret()))
                        .build())));
    }

    private static StorageKey key(Folder mount) {
        return mount.key("config");
    }

    private static JwtConfig read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        JwtConfig config = new JwtConfig(
                stored.texts("keys"),
                stored.text("set_url"),
                stored.text("discovery_url"),
                stored.text("trusted"),
                stored.text("issuer"),
                stored.texts("algorithms"),
                stored.text("default_role"),
                new Client(
                        stored.optionalText("client_id").orElse(""),
                        stored.optionalText("client_secret").orElse("")),
                Shown.read(stored));
        stored.end();
        if (!config.refusal().isEmpty()) {
            throw new CorruptedException("record " + key + " is no configuration");
        }
        return config;
    }
}
