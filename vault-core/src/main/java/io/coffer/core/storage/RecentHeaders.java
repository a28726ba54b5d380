// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.crypto.KeyedHash;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/// The headers of values that were written blindly and lately, that is by who had not read what was there: the next
/// such write need not read the header from the disk to tell the census what it replaces.
///
/// A table of fixed size, 131 072 values in 2 MiB: sets of eight, in each the longest unwritten falls out. It shows
/// the newest accepted state. A transaction that stands on an older one may use what it finds all the same, if that
/// counts as a read of the key: has the key changed since, the conflict check finds out.
///
/// Keys are told apart by a hash of 64 bits. Should two ever share one, the census is wrong by one value, which a
/// verification reports; nothing is destroyed on the word of the census.
final class RecentHeaders {
    private static final int SET_BITS = 14;
    private static final int WAYS = 8;

    /// A place holds a key's hash, and its term with its length. In a free one those are 0, as no entry has them.
    private static final int WORDS = 2;

    private static final int SET_WORDS = WAYS * WORDS;
    private static final long FREE = 0;

    private final KeyedHash hash = KeyedHash.random();
    private final int setBits;
    private final long[] table;

    /// Of which scopes any key was ever put into the table, and where: the others need no hash to be known not to be
    /// there. These two are guarded by the committer's lock.
    private final Set<Scope> scopes = new HashSet<>();

    private final BitSet slots = new BitSet(1 << Stamps.BITS);

    RecentHeaders() {
        this(SET_BITS);
    }

    /// @param setBits two to this are the sets; at least 1
    RecentHeaders(int setBits) {
        this.setBits = setBits;
        this.table = new long[SET_WORDS << setBits];
    }

    /// Tells the header of a key's value to who wants to replace it.
    ///
    /// @return whether it is known
    boolean find(Touched entry) {
        long code = hash.of(entry.encoded());
        entry.blind(code);
        long header;
        synchronized (this) {
            int place = place(code);
            header = place < 0 ? FREE : table[place + 1];
        }
        if (header == FREE) {
            return false;
        }
        entry.found((int) (header >>> Integer.SIZE), (int) header);
        return true;
    }

    /// A transaction is accepted. The committer's lock is held, so that these come in the order of commits.
    void remember(Transaction accepted) {
        if (!accepted.cleared().isEmpty()) {
            forgetAll();
        }
        for (Touched entry : accepted.written()) {
            if (entry.counted() && (entry.blind() || mayHold(entry.key()))) {
                remember(entry);
            }
        }
    }

    private boolean mayHold(StorageKey key) {
        return scopes.contains(key.scope()) && slots.get(Stamps.slot(key));
    }

    private synchronized void forgetAll() {
        Arrays.fill(table, FREE);
        scopes.clear();
        slots.clear();
    }

    private synchronized void remember(Touched entry) {
        long code = entry.blind() ? entry.hash() : hash.of(entry.encoded());
        int place = place(code);
        if (entry.value().isEmpty()) {
            forget(place);
        } else if (place >= 0) {
            put(place, code, entry.value().get());
        } else if (entry.blind()) {
            put(place, code, entry.value().get());
            scopes.add(entry.key().scope());
            slots.set(Stamps.slot(entry.key()));
        }
    }

    /// Where a key's words begin; negative if it is not here.
    private int place(long code) {
        int set = set(code);
        for (int place = set; place < set + SET_WORDS; place += WORDS) {
            if (table[place] == code) {
                return place;
            }
        }
        return -1;
    }

    private int set(long code) {
        return (int) (code >>> Long.SIZE - setBits) * SET_WORDS;
    }

    /// The last written stands first in its set.
    private void put(int place, long code, Ciphertext value) {
        int set = set(code);
        int end = place < 0 ? leastOf(set) : place;
        System.arraycopy(table, set, table, set + WORDS, end - set);
        table[set] = code;
        table[set + 1] = (long) value.term() << Integer.SIZE | value.length();
    }

    /// The place of a set that is missed least: a free one, else that of the longest unwritten.
    private int leastOf(int set) {
        int place = set;
        int last = set + SET_WORDS - WORDS;
        while (place < last && table[place + 1] != FREE) {
            place += WORDS;
        }
        return place;
    }

    private void forget(int place) {
        if (place >= 0) {
            table[place + 1] = FREE;
        }
    }
}
