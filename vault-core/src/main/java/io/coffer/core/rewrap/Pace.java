// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import io.coffer.core.Time;
import java.time.Duration;

/// How fast a rewrap goes: at most at a rate, and slower while it makes others wait.
///
/// To learn what it does to them it stops for a part of each second: the answers of that part, and those of the rest,
/// have medians. While the latter is higher by more than is allowed, the rate falls; else it rises again.
public final class Pace {
    private static final Duration CYCLE = Duration.ofSeconds(1);
    private static final Duration WORKING = Duration.ofMillis(750);

    /// The most values of a stretch, and how many stretches a second there are where the rate is less.
    private static final int MOST = 1_000;

    private static final int STRETCHES = 40;

    /// What looking at a value costs that needs not be moved, as a part of one that is.
    private static final int LOOKS = 16;

    private static final int ENOUGH = 300;
    private static final double LEAST = 1 / 64.0;

    private final Time time;
    private final Latencies latencies;
    private long rate;
    private long allowed;
    private Duration due = Duration.ZERO;
    private Duration began = Duration.ZERO;
    private boolean working = true;
    private long[] seen = new long[0];
    private long[] alone = new long[0];
    private long[] beside = new long[0];
    private volatile double share = 1;
    private volatile double speed;
    private long moved;
    private Duration counted = Duration.ZERO;

    public Pace(Time time, Latencies latencies) {
        this.time = time;
        this.latencies = latencies;
    }

    /// The part of the rate that is used, from 0 to 1; less than 1 while others would wait for it.
    public double share() {
        return share;
    }

    /// Values a second, of late.
    public double speed() {
        return speed;
    }

    void begin() {
        began = time.elapsed();
        due = began;
        counted = began;
        moved = 0;
        speed = 0;
        share = 1;
        working = true;
        seen = latencies.counts();
        alone = new long[seen.length];
        beside = new long[seen.length];
    }

    void end() {
        speed = 0;
    }

    /// @param newRate 0 for as fast as it goes
    /// @param latency by how many percent it may raise the median
    void set(long newRate, long latency) {
        rate = newRate;
        allowed = latency;
    }

    /// How many values are to be looked at now, at most.
    int values() {
        return rate == 0 ? MOST : (int) Math.max(1, Math.min(MOST, perSecond() / STRETCHES));
    }

    /// How long to rest after a stretch.
    ///
    /// @param from when it began
    Duration rest(Duration from, int stretchMoved, int looked) {
        Duration now = time.elapsed();
        measure(now, stretchMoved);
        if (rate == 0) {
            return Duration.ZERO;
        }
        double cost = stretchMoved + (double) (looked - stretchMoved) / LOOKS;
        Duration earliest = due.compareTo(from) > 0 ? due : from;
        due = earliest.plusNanos((long) (cost / perSecond() * 1e9));
        turn(now);
        Duration rest = due.minus(now);
        return working
                ? (rest.isNegative() ? Duration.ZERO : rest)
                : longer(rest, endOfCycle(now).minus(now));
    }

    /// Within the working part, which makes up for the other.
    private double perSecond() {
        return rate * share * CYCLE.toMillis() / WORKING.toMillis();
    }

    private void measure(Duration now, int stretchMoved) {
        moved += stretchMoved;
        double seconds = now.minus(counted).toNanos() / 1e9;
        if (seconds >= 1) {
            speed = speed == 0 ? moved / seconds : 0.7 * speed + 0.3 * moved / seconds;
            moved = 0;
            counted = now;
        }
    }

    /// Looks at the answers when it begins or ends to work.
    private void turn(Duration now) {
        long nanos = now.minus(began).toNanos() % CYCLE.toNanos();
        boolean works = nanos < WORKING.toNanos();
        if (works == working) {
            return;
        }
        add(working ? beside : alone);
        working = works;
        if (works) {
            judge();
        }
    }

    private void add(long[] to) {
        long[] now = latencies.counts();
        for (int i = 0; i < now.length; i++) {
            to[i] += now[i] - seen[i];
        }
        seen = now;
    }

    private void judge() {
        if (Latencies.total(alone) < ENOUGH || Latencies.total(beside) < ENOUGH) {
            return;
        }
        double rise = 100 * (Latencies.median(beside) / Latencies.median(alone) - 1);
        share = rise > allowed ? Math.max(LEAST, share * 0.7) : Math.min(1, share * 1.2);
        for (int i = 0; i < alone.length; i++) {
            alone[i] /= 2;
            beside[i] /= 2;
        }
    }

    private Duration endOfCycle(Duration now) {
        long cycles = now.minus(began).toNanos() / CYCLE.toNanos();
        return began.plus(CYCLE.multipliedBy(cycles + 1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
