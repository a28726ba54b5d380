// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.secret.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/// HMAC-SHA256 under one key, for any number of threads. After closing every use gives
/// [SecretClosedException].
///
/// Segments are taken one after the other, as if they were one: where their borders matter, frame them by
/// [AssociatedData].
public final class Hmac implements AutoCloseable {
    /// The length of what it gives.
    public static final int BYTES = 32;

    private static final String NAME = "HmacSHA256";

    private final Tools<MacTool> tools;

    private Hmac(Secret key) {
        this.tools = new Tools<>(key, MacTool::new);
    }

    /// One with a copy of the key, which stays the caller's.
    public static Hmac of(Secret key) {
        return new Hmac(key.duplicate());
    }

    /// For a key that is used once. The array stays the caller's and is not kept.
    public static byte[] once(byte[] key, byte[]... segments) {
        var tool = new MacTool(key);
        try {
            return tool.authenticate(segments);
        } finally {
            tool.erase();
        }
    }

    public byte[] authenticate(byte[]... segments) {
        var tool = tools.take();
        try {
            return tool.authenticate(segments);
        } finally {
            tools.giveBack(tool);
        }
    }

    /// Whether this is the code of these segments, in constant time.
    public boolean verify(byte[] code, byte[]... segments) {
        return MessageDigest.isEqual(authenticate(segments), code);
    }

    /// Erases the key. Closing again does nothing.
    @Override
    public void close() {
        tools.close();
    }

    @Override
    public String toString() {
        return "Hmac[SHA256]";
    }

    /// The JDK's MAC. It keeps the key hashed into its inner state until it is set to another key or
    /// collected.
    private static final class MacTool implements Tools.Tool {
        private final Mac mac;
        private final RawKey key;

        MacTool(byte[] key) {
            this.key = new RawKey(NAME, key.clone());
            try {
                mac = Mac.getInstance(NAME);
                mac.init(this.key);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("this Java runtime has no " + NAME, missing);
            }
        }

        /// Ends as ready for the next as it began.
        byte[] authenticate(byte[]... segments) {
            for (var segment : segments) {
                mac.update(segment);
            }
            return mac.doFinal();
        }

        @Override
        public void erase() {
            key.destroy();
        }
    }
}
