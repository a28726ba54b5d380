// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.secret;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Memory outside the heap that the system is asked never to write to swap, handed out in slots of a power of
/// two.
///
/// Whole pages are locked once and stay: locks do not nest, so unlocking one secret's page would unlock its
/// neighbours', and a page for each secret would use up what an ordinary user may lock. A slot that was given
/// back is used again; what was allocated never goes back to the system, so a late reader meets other bytes
/// but never an unmapped page.
final class LockedMemory {
    /// The largest slot.
    static final int LARGEST = 1 << 16;

    private static final int SMALLEST = 1 << 6;
    private static final int PAGE = 1 << 12;
    private static final int SLAB = 4 * PAGE;
    private static final Optional<MethodHandle> MLOCK = mlock();
    private static final List<ArrayDeque<MemorySegment>> FREE = IntStream.rangeClosed(0, order(LARGEST))
            .mapToObj(order -> new ArrayDeque<MemorySegment>())
            .toList();

    private static boolean everythingLocked = MLOCK.isPresent();

    private LockedMemory() {}

    /// A slot of zeros with room for so many bytes.
    static synchronized MemorySegment take(int bytes) {
        if (bytes < 1 || bytes > LARGEST) {
            throw new IllegalArgumentException("a secret has 1 to " + LARGEST + " bytes, not " + bytes);
        }
        var free = FREE.get(order(bytes));
        if (free.isEmpty()) {
            addSlab(free, SMALLEST << order(bytes));
        }
        return free.pop();
    }

    /// Takes back a slot that holds zeros again.
    static synchronized void giveBack(MemorySegment slot) {
        FREE.get(order((int) slot.byteSize())).push(slot);
    }

    static synchronized boolean locked() {
        return everythingLocked;
    }

    private static int order(int bytes) {
        return Integer.SIZE - Integer.numberOfLeadingZeros((bytes - 1) / SMALLEST);
    }

    private static void addSlab(ArrayDeque<MemorySegment> free, int slot) {
        var slab = Arena.global().allocate(Math.max(SLAB, slot), PAGE);
        everythingLocked &= lock(slab);
        for (long at = 0; at < slab.byteSize(); at += slot) {
            free.add(slab.asSlice(at, slot));
        }
    }

    private static boolean lock(MemorySegment slab) {
        try {
            return MLOCK.isPresent() && (int) MLOCK.get().invokeExact(slab, slab.byteSize()) == 0;
        } catch (Throwable refused) {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> mlock() {
        try {
            var linker = Linker.nativeLinker();
            var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
            return linker.defaultLookup().find("mlock").map(address -> linker.downcallHandle(address, type));
        } catch (UnsupportedOperationException | IllegalCallerException notHere) {
            return Optional.empty();
        }
    }
}
