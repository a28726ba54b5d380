// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// An algorithm did not give its known answer on this machine: nothing may be encrypted here.
public final class SelfTestFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String algorithm;

    public SelfTestFailedException(String algorithm) {
        super(message(algorithm));
        this.algorithm = algorithm;
    }

    public SelfTestFailedException(String algorithm, Throwable cause) {
        super(message(algorithm), cause);
        this.algorithm = algorithm;
    }

    public String algorithm() {
        return algorithm;
    }

    private static String message(String algorithm) {
        return "self-test of " + algorithm + " failed: do not use this machine or this Java runtime";
    }
}
