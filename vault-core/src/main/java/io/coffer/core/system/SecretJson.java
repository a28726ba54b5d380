// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.ceremony.Hex;
import io.coffer.core.request.Json;
import io.coffer.core.secret.Secret;
import java.util.Base64;
import java.util.List;

/// Secrets in an answer, as JSON strings made of bytes: none becomes a String that nobody can erase.
final class SecretJson {
    private SecretJson() {}

    static Json hex(List<Secret> secrets) {
        return new Json.Arr(secrets.stream()
                .<Json>map(secret -> secret.use(bytes -> quoted(Hex.encode(bytes))))
                .toList());
    }

    static Json base64(List<Secret> secrets) {
        return new Json.Arr(secrets.stream().map(SecretJson::base64).toList());
    }

    static Json base64(Secret secret) {
        return secret.use(bytes -> quoted(Base64.getEncoder().encode(bytes)));
    }

    /// @param secret printable ASCII without quotes or backslashes
    static Json text(Secret secret) {
        return secret.use(SecretJson::quoted);
    }

    private static Json quoted(byte[] ascii) {
        byte[] json = new byte[ascii.length + 2];
        json[0] = '"';
        System.arraycopy(ascii, 0, json, 1, ascii.length);
        json[json.length - 1] = '"';
        return new Json.Raw(json);
    }
}
