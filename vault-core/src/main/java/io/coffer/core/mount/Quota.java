// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How many requests of one client are taken in a time.
///
/// @param mount the uuid of the mount that it is for, so that it moves with it; empty for the whole vault
/// @param rest what lies below the mount: empty for all of it, a path, or the beginning of paths and a `*`
/// @param role of a login method, whose logins alone count; empty for whatever is asked of the mount
/// @param rate how many requests in each interval, a number of JSON; more than zero
/// @param block how long a client that was refused is refused everything; zero for no longer than it must be
public record Quota(
        String name,
        String mount,
        String rest,
        String role,
        String rate,
        Duration interval,
        Duration block,
        boolean inheritable) {
    /// The highest rate.
    public static final long MOST_RATE = 1_000_000_000;

    public Quota {
        if (name.isEmpty()
                || interval.isNegative()
                || interval.isZero()
                || block.isNegative()
                || rateOf(rate).isEmpty()) {
            throw new IllegalArgumentException("a quota has a name, a rate above zero and an interval");
        }
    }

    /// The rate that a text says, in the one form that it is kept in; empty if no quota can have it.
    public static Optional<String> rateOf(String text) {
        if (text.length() > 20) {
            return Optional.empty();
        }
        try {
            BigDecimal rate = new BigDecimal(text);
            return rate.doubleValue() > 0 && rate.doubleValue() <= MOST_RATE
                    ? Optional.of(rate.toString())
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /// How many requests a client may make at once.
    double burst() {
        return Math.max(1, new BigDecimal(rate).doubleValue());
    }

    /// How many requests a client gains in a second.
    double gain() {
        return new BigDecimal(rate).doubleValue() * 1e9 / interval.toNanos();
    }

    /// Whether it is for some of what is below its mount.
    boolean isGlob() {
        return rest.endsWith("*");
    }

    boolean covers(String below) {
        return rest.isEmpty()
                || (isGlob() ? below.startsWith(rest.substring(0, rest.length() - 1)) : below.equals(rest));
    }

    /// Whether two would be for the very same requests.
    public boolean isLike(Quota other) {
        return mount.equals(other.mount) && rest.equals(other.rest) && role.equalsIgnoreCase(other.role);
    }

    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>(Map.of(
                "name",
                name,
                "mount",
                mount,
                "rest",
                rest,
                "rate",
                rate,
                "interval",
                Long.toString(interval.toSeconds()),
                "block",
                Long.toString(block.toSeconds()),
                "inheritable",
                Boolean.toString(inheritable)));
        if (!role.isEmpty()) {
            texts.put("role", role);
        }
        return texts;
    }

    static Quota of(Map<String, String> texts) {
        Map<String, String> all = new HashMap<>(texts);
        return new Quota(
                all.getOrDefault("name", ""),
                all.getOrDefault("mount", ""),
                all.getOrDefault("rest", ""),
                all.getOrDefault("role", ""),
                all.getOrDefault("rate", ""),
                Duration.ofSeconds(Long.parseLong(all.getOrDefault("interval", "0"))),
                Duration.ofSeconds(Long.parseLong(all.getOrDefault("block", "0"))),
                Boolean.parseBoolean(all.get("inheritable")));
    }
}
