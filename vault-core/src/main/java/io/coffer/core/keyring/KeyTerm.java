// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

/// The number of a key in its keyring, from 1; a number is never used again, also when its key is destroyed.
public record KeyTerm(int value) implements Comparable<KeyTerm> {
    public static final KeyTerm FIRST = new KeyTerm(1);

    public KeyTerm {
        if (value < 1) {
            throw new IllegalArgumentException("a key term is at least 1");
        }
    }

    public KeyTerm next() {
        return new KeyTerm(Math.addExact(value, 1));
    }

    @Override
    public int compareTo(KeyTerm other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
