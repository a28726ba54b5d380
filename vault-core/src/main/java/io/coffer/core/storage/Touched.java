// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Optional;

/// What a transaction knows about one key: what lies there now, and what it puts in its place.
///
/// Until the commit is durable, this also stands for the accepted value.
final class Touched {
    private static final int UNKNOWN = -2;
    private static final int ABSENT = -1;

    private final StorageKey key;
    private final byte[] encoded;
    private final boolean counted;
    private int length = UNKNOWN;
    private int term;
    private boolean written;
    private boolean blind;
    private long hash;
    private Optional<Ciphertext> value = Optional.empty();

    /// @param counted whether the census is told of it, and must know what is replaced
    Touched(StorageKey key, boolean counted) {
        this.key = key;
        this.counted = counted;
        this.encoded = key.encoded();
    }

    StorageKey key() {
        return key;
    }

    byte[] encoded() {
        return encoded;
    }

    boolean counted() {
        return counted;
    }

    /// Remembers the header of what lies there.
    void found(int foundTerm, int foundLength) {
        term = foundTerm;
        length = foundLength;
    }

    void foundNothing() {
        length = ABSENT;
    }

    /// Whether it was read, so that a write of it conflicts on it and the census knows what it replaces.
    boolean known() {
        return length != UNKNOWN;
    }

    boolean absent() {
        return length == ABSENT;
    }

    /// The term of the replaced value; only if one was {@link #found}.
    int term() {
        return term;
    }

    /// The length of the replaced value, negative if there is none.
    int length() {
        return length;
    }

    boolean written() {
        return written;
    }

    /// The new value; empty if it is to be removed.
    Optional<Ciphertext> value() {
        return value;
    }

    void write(Optional<Ciphertext> next) {
        written = true;
        value = next;
    }

    /// It is replaced without having been read.
    ///
    /// @param code what {@link RecentHeaders} knows the key by
    void blind(long code) {
        blind = true;
        hash = code;
    }

    boolean blind() {
        return blind;
    }

    long hash() {
        return hash;
    }

    /// Takes back what this transaction wrote: a whole scope was cleared, and nothing is there any more.
    void cleared() {
        written = false;
        blind = false;
        value = Optional.empty();
        foundNothing();
    }
}
