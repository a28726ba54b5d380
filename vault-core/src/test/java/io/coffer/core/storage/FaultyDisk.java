// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import io.coffer.core.StorageUnavailableException;
import java.util.List;
import java.util.random.RandomGenerator;

/// A disk in memory that fails from a seed: before a write, so that nothing of it is there; after it,
/// so that all of it is and nobody was told; or when the test pulls the plug. Then it is dead until it
/// is opened again, and shows what was durable.
public final class FaultyDisk implements Disk {
    private final MemoryDisk platter;
    private final RandomGenerator dice;
    private final double failures;
    private Fault next = Fault.NONE;
    private Runnable meanwhile = () -> {};
    private boolean dead;
    private int writes;
    private int until = -1;
    private Fault then = Fault.NONE;

    private enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /// Fails only where the test wants it.
    public FaultyDisk() {
        this(() -> 0, 0);
    }

    /// @param failures how likely a write fails, 0 to 1
    public FaultyDisk(RandomGenerator dice, double failures) {
        this(new MemoryDisk(), dice, failures);
    }

    private FaultyDisk(MemoryDisk platter, RandomGenerator dice, double failures) {
        this.platter = platter;
        this.dice = dice;
        this.failures = failures;
    }

    /// The next write fails and leaves nothing.
    public synchronized void failBefore() {
        next = Fault.BEFORE;
    }

    /// The next write fails and leaves everything.
    public synchronized void failAfter() {
        next = Fault.AFTER;
    }

    /// Of the writes from now on, that of the kill fails; those before it do not.
    public synchronized void failAt(Kill kill) {
        next = Fault.NONE;
        until = kill.write();
        then = kill.stays() ? Fault.AFTER : Fault.BEFORE;
    }

    /// What happens while a write is under way, on its thread.
    public synchronized void meanwhile(Runnable others) {
        meanwhile = others;
    }

    /// The plug is pulled.
    public synchronized void crash() {
        dead = true;
    }

    /// The same disk after a crash, opened again.
    public synchronized FaultyDisk reopen() {
        dead = true;
        return new FaultyDisk(platter, dice, failures);
    }

    /// How many writes are on the disk since it was opened.
    public synchronized int writes() {
        return writes;
    }

    /// What is durable, whatever state the disk is in.
    public View durable() {
        return platter.view();
    }

    @Override
    public synchronized View view() {
        checkAlive();
        return platter.view();
    }

    @Override
    public synchronized void write(List<Change> changes) {
        checkAlive();
        meanwhile.run();
        Fault fault = fault();
        next = Fault.NONE;
        if (fault != Fault.BEFORE) {
            platter.write(changes);
            writes++;
        }
        if (fault != Fault.NONE) {
            dead = true;
            throw new StorageUnavailableException("the disk fails, as the test wants it");
        }
    }

    @Override
    public synchronized void purge() {
        checkAlive();
    }

    @Override
    public synchronized List<byte[]> traces(List<byte[]> sequences) {
        checkAlive();
        return platter.traces(sequences);
    }

    @Override
    public synchronized void reclaim(Family family, byte[] from, byte[] to) {
        checkAlive();
    }

    @Override
    public synchronized void close() {
        dead = true;
    }

    private Fault fault() {
        if (until-- == 0) {
            return then;
        }
        if (next == Fault.NONE && failures > 0 && dice.nextDouble() < failures) {
            return dice.nextBoolean() ? Fault.BEFORE : Fault.AFTER;
        }
        return next;
    }

    private void checkAlive() {
        if (dead) {
            throw new StorageUnavailableException("the disk is closed");
        }
    }
}
