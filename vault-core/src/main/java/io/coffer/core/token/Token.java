// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.List;

/// A token as it is stored: everything but its secret text. It has no end and belongs to nobody but itself.
///
/// @param accessor a name for it that lets nobody in
/// @param path the path that made it
/// @param created seconds since 1970 are all that is kept
public record Token(String accessor, List<String> policies, String path, String displayName, Instant created) {
    /// The policy that allows everything.
    public static final String ROOT_POLICY = "root";

    private static final int FORM = 1;

    public Token {
        policies = List.copyOf(policies);
        if (accessor.isEmpty() || policies.isEmpty()) {
            throw new IllegalArgumentException("a token has an accessor and a policy");
        }
    }

    Plaintext record() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("accessor", accessor)
                .put("policies", Json.of(policies))
                .put("path", path)
                .put("display_name", displayName)
                .put("created", created.getEpochSecond())
                .build()));
    }

    static Token of(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        Token token = new Token(
                stored.text("accessor"),
                stored.texts("policies"),
                stored.text("path"),
                stored.text("display_name"),
                Instant.ofEpochSecond(stored.number("created")));
        stored.end();
        return token;
    }
}
