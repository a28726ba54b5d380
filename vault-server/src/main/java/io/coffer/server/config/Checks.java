// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.time.Duration;

/// Checks that several records share. The messages begin with the key as it stands in a configuration.
final class Checks {
    private Checks() {}

    static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than zero");
        }
    }

    static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative");
        }
    }

    static void range(String key, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(key + " must be from " + lowest + " to " + highest);
        }
    }
}
