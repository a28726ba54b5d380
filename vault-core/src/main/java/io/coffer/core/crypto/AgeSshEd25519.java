// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.security.SecureRandom;
import java.util.List;

/// The owner of an SSH key for Ed25519 signatures, whose point serves for agreements too.
final class AgeSshEd25519 implements AgeRecipient {
    private static final String INFO = "age-encryption.org/v1/ssh-ed25519";

    private final SshKey ssh;
    private final byte[] point;

    /// @throws RecipientException if the key is not in its one form or belongs to everybody
    AgeSshEd25519(SshKey ssh, byte[] publicKey) {
        if (!Curve25519.isEd25519(publicKey)) {
            throw new RecipientException("this ssh-ed25519 key is no point that ssh-keygen makes; give another key");
        }
        this.ssh = ssh;
        this.point = Curve25519.fromEd25519(publicKey);
    }

    @Override
    public String fingerprint() {
        return ssh.fingerprint();
    }

    @Override
    public Stanza wrap(byte[] fileKey, SecureRandom random) {
        var agreement = Curve25519.agree(point, random);
        try (var agreed = agreement.secret();
                var secret = agreed.use(bytes -> Curve25519.multiply(tweak(), bytes))) {
            var body = AgeFile.wrap(secret, Curve25519.both(agreement.share(), point), INFO, fileKey);
            return new Stanza(List.of("ssh-ed25519", ssh.tag(), AgeFile.base64(agreement.share())), body);
        }
    }

    /// Binds the agreement to this form of the key: HKDF of nothing, salted with it. It is no secret.
    private byte[] tweak() {
        var extracted = Hmac.once(ssh.blob(), new byte[0]);
        return Hmac.once(extracted, AgeFile.ascii(INFO), new byte[] {1});
    }

    @Override
    public String toString() {
        return "AgeSshEd25519[" + fingerprint() + "]";
    }
}
