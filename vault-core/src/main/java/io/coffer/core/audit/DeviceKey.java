// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.Hmac;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// The HMAC key of one device: an entry of scope `audit`, random and never changed, so that what a device
/// wrote years ago can be compared with today's.
///
/// The record is JSON in one fixed form, `{"v":1,"key":"…"}` with the key in base64, read and written as
/// bytes: the key never becomes text.
final class DeviceKey {
    private static final int BYTES = 32;
    private static final byte[] START = "{\"v\":1,\"key\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int TEXT = 44;

    private final String device;
    private final StorageKey record;

    DeviceKey(String device) {
        this.device = device;
        this.record = new StorageKey(Scope.AUDIT, "devices/" + device + "/hmac-key");
    }

    /// Makes the key if there is none.
    void prepare(BarrierWriter writer, SecureRandom random) {
        if (writer.get(record).isEmpty()) {
            byte[] key = new byte[BYTES];
            random.nextBytes(key);
            writer.put(record, new Plaintext(encode(key)));
            Arrays.fill(key, (byte) 0);
        }
    }

    /// Kept with the open vault and closed when it seals.
    Hashes hashes(BarrierReader reader) {
        return reader.cached(record, () -> load(reader));
    }

    private Hashes load(BarrierReader reader) {
        byte[] stored = reader.get(record)
                .orElseThrow(() -> new CorruptedException("the HMAC key of audit device " + device + " is not there"))
                .bytes();
        try (Secret key = Secret.takeFrom(decode(stored))) {
            return new Hashes(Hmac.of(key));
        }
    }

    static byte[] encode(byte[] key) {
        byte[] text = Base64.getEncoder().encode(key);
        byte[] encoded = Arrays.copyOf(START, START.length + text.length + END.length);
        System.arraycopy(text, 0, encoded, START.length, text.length);
        System.arraycopy(END, 0, encoded, START.length + text.length, END.length);
        Arrays.fill(text, (byte) 0);
        return encoded;
    }

    private byte[] decode(byte[] stored) {
        int end = START.length + TEXT;
        if (stored.length == end + END.length
                && Arrays.equals(stored, 0, START.length, START, 0, START.length)
                && Arrays.equals(stored, end, stored.length, END, 0, END.length)) {
            byte[] text = Arrays.copyOfRange(stored, START.length, end);
            try {
                byte[] key = Base64.getDecoder().decode(text);
                if (key.length == BYTES) {
                    return key;
                }
            } catch (IllegalArgumentException malformed) {
                throw unknown();
            } finally {
                Arrays.fill(text, (byte) 0);
            }
        }
        throw unknown();
    }

    private CorruptedException unknown() {
        return new CorruptedException("the HMAC key of audit device " + device + " has a form that is not known here");
    }
}
