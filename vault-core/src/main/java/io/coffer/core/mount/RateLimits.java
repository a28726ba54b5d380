// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the requests of each client against quotas. Nothing of it is stored: after a restart everybody begins anew.
///
/// A client's allowance refills evenly, so no moment lets twice the rate through. At most {@link #MOST} clients are
/// told apart; where more come at once, those that find no room share one allowance for each quota, so whoever comes
/// from many addresses takes none of the memory and none of the others' allowances. Addresses of IPv6 count by their
/// first 64 bits, as one customer has them.
public final class RateLimits {
    /// The most clients that are told apart.
    public static final int MOST = 20_000;

    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String OTHERS = "others";

    private final ConcurrentHashMap<Key, Allowance> allowances = new ConcurrentHashMap<>();
    private final AtomicLong swept = new AtomicLong(Long.MIN_VALUE);

    private record Key(String quota, String client) {}

    /// @param left how many requests may come at once
    /// @param at when that was so, on the elapsed clock, in nanoseconds
    /// @param blockedUntil until when everything is refused
    /// @param full when nothing is left to remember
    private record Allowance(double left, long at, long blockedUntil, long full) {}

    /// What a request comes to.
    ///
    /// @param limit how many a client may make at once
    /// @param remaining how many more now
    /// @param reset after how many seconds all are there again
    /// @param retry after how many seconds the next one is taken; 0 if at once
    public record Taken(boolean allowed, long limit, long remaining, long reset, long retry) {}

    /// Takes one request of a client.
    ///
    /// @param address as the request came from; empty for a Unix socket
    public Taken take(Quota quota, String address, Duration elapsed) {
        long now = elapsed.toNanos();
        Key key = new Key(quota.name(), client(address));
        if (!allowances.containsKey(key) && !hasRoom(now)) {
            key = new Key(quota.name(), OTHERS);
        }
        boolean[] allowed = {false};
        Allowance after = allowances.compute(key, (same, before) -> {
            Allowance refilled =
                    before == null ? new Allowance(quota.burst(), now, now, now) : refilled(quota, before, now);
            allowed[0] = now >= refilled.blockedUntil && refilled.left >= 1;
            return next(quota, refilled, allowed[0], now);
        });
        return taken(quota, after, allowed[0], now);
    }

    private static Allowance refilled(Quota quota, Allowance before, long now) {
        double gained = Math.max(0, now - before.at) / 1e9 * quota.gain();
        return new Allowance(Math.min(quota.burst(), before.left + gained), now, before.blockedUntil, before.full);
    }

    private static Allowance next(Quota quota, Allowance before, boolean allowed, long now) {
        double left = allowed ? before.left - 1 : before.left;
        long blocked = allowed || now < before.blockedUntil
                ? before.blockedUntil
                : now + quota.block().toNanos();
        long full = now + nanos(quota, quota.burst() - left);
        return new Allowance(left, now, blocked, Math.max(full, blocked));
    }

    private static Taken taken(Quota quota, Allowance after, boolean allowed, long now) {
        long wait = Math.max(after.blockedUntil - now, nanos(quota, 1 - after.left));
        return new Taken(
                allowed,
                (long) quota.burst(),
                (long) after.left,
                seconds(after.full - now),
                allowed ? 0 : Math.max(1, seconds(wait)));
    }

    private static long nanos(Quota quota, double requests) {
        return requests <= 0 ? 0 : (long) Math.min(requests / quota.gain() * 1e9, (double) (1L << 60));
    }

    private static long seconds(long nanos) {
        return nanos <= 0 ? 0 : Math.ceilDiv(nanos, 1_000_000_000L);
    }

    /// Whether one more client can be told apart; forgets those that have all their allowance again, at most once a
    /// second.
    private boolean hasRoom(long now) {
        if (allowances.size() < MOST) {
            return true;
        }
        long last = swept.get();
        if ((last == Long.MIN_VALUE || now - last >= SWEEP_NANOS) && swept.compareAndSet(last, now)) {
            allowances.values().removeIf(each -> each.full <= now);
        }
        return allowances.size() < MOST;
    }

    private static String client(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        int end = -1;
        for (int i = 0; i < 4; i++) {
            int next = address.indexOf(':', end + 1);
            if (next < 0 || next == end + 1 && i > 0) {
                return address.substring(0, Math.max(0, end)) + "::";
            }
            end = next;
        }
        return address.substring(0, end) + "::";
    }

    /// How many clients are remembered.
    int size() {
        return allowances.size();
    }
}
