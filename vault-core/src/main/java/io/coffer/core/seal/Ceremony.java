// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.shamir.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Collects shares under a nonce until there are enough. Each share is checked against its commitment when
/// it is handed in, so a wrong one is refused by itself and the others stay.
///
/// For any number of threads. Memory is bounded: it keeps at most one share for each index.
public final class Ceremony implements AutoCloseable {
    /// The length of an unseal key, in bytes.
    public static final int KEY_BYTES = 32;

    private final SealRecord record;
    private final String nonce;
    private final Duration expires;
    private final Map<Integer, Secret> shares = new TreeMap<>();

    /// What became of a share.
    public sealed interface Offer {
        /// It counts.
        record Counted(int index, int progress) implements Offer {}

        /// It was there already; nothing changed.
        record Repeated(int index, int progress) implements Offer {}

        /// It is no share of the current generation; nothing changed. The reason is for people.
        record Refused(String reason) implements Offer {}

        /// It was the last one needed. The key is owned by whoever offered the share; the shares are gone.
        record Complete(int index, Secret unsealKey) implements Offer {}
    }

    /// @param expires on the elapsed clock
    public Ceremony(SealRecord record, String nonce, Duration expires) {
        this.record = record;
        this.nonce = nonce;
        this.expires = expires;
    }

    public String nonce() {
        return nonce;
    }

    /// When it is abandoned, on the elapsed clock.
    public Duration expires() {
        return expires;
    }

    public synchronized int progress() {
        return shares.size();
    }

    /// Takes a share into account.
    ///
    /// @param share as a holder has it: y and x, or the key itself if there is one share; it stays the caller's
    public synchronized Offer offer(Secret share) {
        OptionalInt index = record.commitments().indexOf(record.storeId(), share);
        if (index.isEmpty()) {
            return new Offer.Refused(refusal(record, share));
        }
        if (shares.containsKey(index.getAsInt())) {
            return new Offer.Repeated(index.getAsInt(), shares.size());
        }
        shares.put(index.getAsInt(), share.duplicate());
        if (shares.size() < record.config().threshold()) {
            return new Offer.Counted(index.getAsInt(), shares.size());
        }
        try {
            return new Offer.Complete(index.getAsInt(), join());
        } finally {
            close();
        }
    }

    private static String refusal(SealRecord record, Secret share) {
        for (Commitments former : record.former()) {
            OptionalInt index = former.indexOf(record.storeId(), share);
            if (index.isPresent()) {
                return "share " + index.getAsInt() + ": a share of generation " + former.generation()
                        + "; the current one is " + record.generation();
            }
        }
        int x = share.length() == KEY_BYTES + 1 ? share.use(bytes -> Byte.toUnsignedInt(bytes[bytes.length - 1])) : 0;
        return (x == 0 ? "key" : "share " + x) + ": not a share of this vault";
    }

    private Secret join() {
        if (record.config().shares() == 1) {
            return shares.values().iterator().next().duplicate();
        }
        List<Share> parts = new ArrayList<>();
        try {
            shares.values().forEach(share -> parts.add(Share.takeFrom(share.copy())));
            return Shamir.join(parts);
        } finally {
            parts.forEach(Share::close);
        }
    }

    /// Forgets the shares.
    @Override
    public synchronized void close() {
        shares.values().forEach(Secret::close);
        shares.clear();
    }
}
