// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.RandomIds;
import io.coffer.core.ceremony.RootPlan;
import io.coffer.core.crypto.PgpKeyException;
import io.coffer.core.crypto.PgpRecipient;
import io.coffer.core.crypto.ShareRecipient;
import io.coffer.core.engine.Call;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import io.coffer.core.token.TokenStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// What a root generation is asked for, as a request says it.
sealed interface RootRequest {
    /// @param drawn the pad, if it was drawn here and is to be told; owned by whoever asked
    record Good(RootPlan plan, Optional<Secret> drawn) implements RootRequest {}

    record Bad(String reason) implements RootRequest {}

    static RootRequest of(Call call) {
        Values values = call.request().values();
        Optional<Secret> given = values.secret("otp").filter(otp -> otp.length() > 0);
        if (given.isPresent() && given.get().length() != TokenStore.LENGTH) {
            return new Bad("OTP string has incorrect length");
        }
        Optional<ShareRecipient> key;
        try {
            key = values.text("pgp_key")
                    .filter(text -> !text.isEmpty())
                    .map(text -> PgpRecipient.parse(base64(text), call.now()));
        } catch (PgpKeyException unusable) {
            return new Bad("error parsing PGP key: " + unusable.getMessage());
        } catch (IllegalArgumentException malformed) {
            return new Bad("error parsing PGP key: it is not padded standard base64");
        }
        if (given.isPresent() || key.isPresent()) {
            return new Good(new RootPlan(given.map(Secret::duplicate), key), Optional.empty());
        }
        String drawn = RandomIds.base62(TokenStore.LENGTH, call.random());
        Secret pad = Secret.takeFrom(drawn.getBytes(StandardCharsets.US_ASCII));
        return new Good(new RootPlan(Optional.of(pad), key), Optional.of(pad.duplicate()));
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
