// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// Key bytes in the form that the JDK's algorithms take. Shares the array with its maker, who may put another
/// key into it, and erases it; the JDK's own class can do neither.
final class RawKey implements SecretKey {
    private static final long serialVersionUID = 1;

    private final transient byte[] bytes;
    private final String algorithm;

    RawKey(String algorithm, byte[] bytes) {
        this.algorithm = algorithm;
        this.bytes = bytes;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "RawKey[" + bytes.length + " bytes]";
    }
}
