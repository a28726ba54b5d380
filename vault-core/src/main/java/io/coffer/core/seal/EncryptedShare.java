// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A share that is encrypted to its holder's key and waits for him, outside the barrier: he can fetch it while
/// the vault is sealed.
///
/// As bytes: version (1 byte: 1), generation (4), index (1; 0 for a single key), kind of message (1: 1 for
/// OpenPGP, 2 for age), length of the key's fingerprint (2), fingerprint (ASCII), message; at the end the
/// SHA-256 of all before. Big endian.
///
/// @param kind `pgp` or `age`
/// @param fingerprint what the holder knows his key by
/// @param message of the share in hex
public record EncryptedShare(ShareId share, String kind, String fingerprint, byte[] message) {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 1 + 4 + 1 + 1 + 2;

    /// Where the shares of a generation wait.
    public static Folder folder(int generation) {
        return Folder.of(Scope.SEAL).folder("shares").folder(Integer.toString(generation));
    }

    /// Where a share waits.
    public static StorageKey key(ShareId share) {
        return folder(share.generation()).key(Integer.toString(share.index()));
    }

    public Ciphertext encode() {
        byte[] name = fingerprint.getBytes(StandardCharsets.US_ASCII);
        int size = HEADER_BYTES + name.length + message.length;
        ByteBuffer out = ByteBuffer.allocate(size + Checksum.BYTES)
                .put(VERSION)
                .putInt(share.generation())
                .put((byte) share.index())
                .put(code(kind))
                .putShort((short) name.length)
                .put(name)
                .put(message);
        return new Ciphertext(
                out.put(Checksum.of(Arrays.copyOf(out.array(), size))).array());
    }

    /// @throws CorruptedException if the bytes are not those of an encrypted share, unchanged
    public static EncryptedShare decode(Ciphertext stored) {
        ByteBuffer in = ByteBuffer.wrap(Checksum.checked("an encrypted share", stored.bytes()));
        try {
            if (in.get() != VERSION) {
                throw new CorruptedException("an encrypted share of a version that is not known here");
            }
            ShareId share = new ShareId(in.getInt(), Byte.toUnsignedInt(in.get()));
            String kind = kind(in.get());
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            byte[] message = new byte[in.remaining()];
            in.get(message);
            return new EncryptedShare(share, kind, new String(name, StandardCharsets.US_ASCII), message);
        } catch (BufferUnderflowException | IllegalArgumentException foreign) {
            throw new CorruptedException("an encrypted share has another form than its version says", foreign);
        }
    }

    private static byte code(String kind) {
        return switch (kind) {
            case "pgp" -> 1;
            case "age" -> 2;
            default -> throw new IllegalArgumentException("no kind of message is called " + kind);
        };
    }

    private static String kind(byte code) {
        return switch (code) {
            case 1 -> "pgp";
            case 2 -> "age";
            default -> throw new IllegalArgumentException("no kind of message has the code " + code);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptedShare that
                && share.equals(that.share)
                && kind.equals(that.kind)
                && fingerprint.equals(that.fingerprint)
                && Arrays.equals(message, that.message);
    }

    @Override
    public int hashCode() {
        return share.hashCode();
    }

    @Override
    public String toString() {
        return "EncryptedShare[" + share.index() + " of generation " + share.generation() + "]";
    }
}
