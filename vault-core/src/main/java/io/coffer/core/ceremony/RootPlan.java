// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.crypto.ShareRecipient;
import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// How a new root token is handed out, so that whoever asked for it can read it and whoever carries it cannot.
///
/// @param pad a one-time pad as long as a token, owned by this; it comes first where there is a key too
/// @param key whom the token is encrypted to
public record RootPlan(Optional<Secret> pad, Optional<ShareRecipient> key) implements Gathering.Plan {
    public RootPlan {
        if (pad.isEmpty() && key.isEmpty()) {
            throw new IllegalArgumentException("a root token is handed out under a pad or a key");
        }
    }

    /// What the owner knows the key by; empty if there is none.
    public String fingerprint() {
        return key.map(ShareRecipient::fingerprint).orElse("");
    }

    /// A token as it is handed out, in base64: with the pad XORed to it, and without padding; or as a message to the
    /// key. The token stays the caller's.
    Secret cover(Secret token, SecureRandom random) {
        return token.use(plain -> Secret.takeFrom(
                pad.isPresent()
                        ? Base64.getEncoder().withoutPadding().encode(xor(plain, pad.get()))
                        : Base64.getEncoder().encode(key.orElseThrow().encrypt(plain, random))));
    }

    /// Two texts of one length XORed.
    ///
    /// @throws IllegalArgumentException if their lengths differ
    public static byte[] xor(byte[] text, Secret pad) {
        if (text.length != pad.length()) {
            throw new IllegalArgumentException("a pad is as long as what it covers");
        }
        byte[] covered = text.clone();
        return pad.use(bytes -> {
            for (int i = 0; i < covered.length; i++) {
                covered[i] ^= bytes[i];
            }
            return covered;
        });
    }

    @Override
    public void close() {
        pad.ifPresent(Secret::close);
    }

    @Override
    public String toString() {
        return "RootPlan[" + (pad.isPresent() ? "pad" : fingerprint()) + "]";
    }
}
