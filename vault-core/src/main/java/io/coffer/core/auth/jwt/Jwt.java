// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.crypto.SignatureAlgorithm;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A JSON web token in its compact form, taken apart; who has signed it is not known yet.
///
/// @param keyId the name of the key in the header; empty for none
/// @param signed what the signature is of
record Jwt(SignatureAlgorithm algorithm, String keyId, Json.Obj claims, byte[] signed, byte[] signature) {
    /// The token of a text; empty if it is none, asks for an algorithm that there is not, or for an extension that
    /// must be understood.
    static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Json.Obj header = object(parts[0]);
            Json.Obj claims = object(parts[1]);
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.named(text(header, "alg"));
            return header.has("crit")
                    ? Optional.empty()
                    : algorithm.map(known -> new Jwt(
                            known,
                            text(header, "kid"),
                            claims,
                            (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII),
                            signature));
        } catch (IllegalArgumentException | JsonException malformed) {
            return Optional.empty();
        }
    }

    /// Whether one of the keys has signed it, by an algorithm that is allowed; a key that names another key or
    /// algorithm than the token does is not tried.
    boolean isSignedBy(List<WebKey> keys, Set<SignatureAlgorithm> allowed) {
        return allowed.contains(algorithm)
                && keys.stream()
                        .filter(key -> key.fits(keyId, algorithm))
                        .anyMatch(key -> algorithm.verify(key.key(), signed, signature));
    }

    private static Json.Obj object(String part) {
        return JsonText.DEFAULT.parseObject(Base64.getUrlDecoder().decode(part));
    }

    static String text(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Str(String value) ? value : "";
    }

    @Override
    public String toString() {
        return "Jwt";
    }
}
