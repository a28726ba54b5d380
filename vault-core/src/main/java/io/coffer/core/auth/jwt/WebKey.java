// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.crypto.SignatureAlgorithm;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A key that signs tokens.
///
/// @param id its name; empty if it has none
/// @param algorithm the only one that it is for; empty if it does not say
record WebKey(String id, String algorithm, PublicKey key) {
    /// The most keys of a set.
    private static final int MOST = 100;

    /// One that was given as it is.
    static WebKey plain(PublicKey key) {
        return new WebKey("", "", key);
    }

    /// Whether it may have signed a token.
    boolean fits(String keyId, SignatureAlgorithm by) {
        return (id.isEmpty() || keyId.isEmpty() || id.equals(keyId))
                && (algorithm.isEmpty() || algorithm.equals(by.name()));
    }

    /// The signing keys of a JSON web key set; those of a kind that is not known here are passed over. Empty if the
    /// text is no such set.
    static Optional<List<WebKey>> parseSet(byte[] utf8) {
        try {
            if (!(JsonText.DEFAULT.parseObject(utf8).get("keys") instanceof Json.Arr(var items))) {
                return Optional.empty();
            }
            List<WebKey> keys = new ArrayList<>();
            for (Json item : items.subList(0, Math.min(MOST, items.size()))) {
                if (item instanceof Json.Obj jwk) {
                    parse(jwk).ifPresent(keys::add);
                }
            }
            return Optional.of(keys);
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<WebKey> parse(Json.Obj jwk) {
        String use = Jwt.text(jwk, "use");
        if (!use.isEmpty() && !use.equals("sig")) {
            return Optional.empty();
        }
        try {
            return key(jwk).map(key -> new WebKey(Jwt.text(jwk, "kid"), Jwt.text(jwk, "alg"), key));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> key(Json.Obj jwk) {
        String curve = Jwt.text(jwk, "crv");
        return switch (Jwt.text(jwk, "kty")) {
            case "RSA" -> PublicKeys.rsa(bytes(jwk, "n"), bytes(jwk, "e"));
            case "EC" -> PublicKeys.ec(curve, bytes(jwk, "x"), bytes(jwk, "y"));
            case "OKP" -> curve.equals("Ed25519") ? PublicKeys.ed25519(bytes(jwk, "x")) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static byte[] bytes(Json.Obj jwk, String name) {
        return Base64.getUrlDecoder().decode(Jwt.text(jwk, name));
    }
}
