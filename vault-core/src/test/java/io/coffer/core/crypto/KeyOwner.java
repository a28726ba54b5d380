// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.bouncycastle.openpgp.PGPException;

/// Somebody with a key pair, to whom a share is encrypted and who reads it.
///
/// @param key the public key as requests have it
public record KeyOwner(String key, UnaryOperator<byte[]> reads) {
    /// With the example key of c2sp.org/age.
    public static final KeyOwner AGE = new KeyOwner(
            "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
            message -> AgeReader.decrypt(
                    message,
                    AgeReader.x25519(Bech32.decode(
                                    "age-secret-key-",
                                    "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
                                            .toLowerCase(Locale.ROOT))
                            .orElseThrow())));

    /// With one of the OpenPGP keys of the test resources.
    public static KeyOwner pgp(String name) {
        return new KeyOwner(Base64.getEncoder().encodeToString(PgpKeys.publicKey(name)), message -> {
            try {
                return PgpKeys.decrypt(name, message);
            } catch (PGPException | IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
