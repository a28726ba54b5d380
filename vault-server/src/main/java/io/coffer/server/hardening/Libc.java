// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The five calls of the C library that the JDK has no name for. Numbers are those of Linux.
final class Libc {
    private static final int PR_SET_DUMPABLE = 4;
    private static final int RLIMIT_CORE = 4;
    private static final int MCL_CURRENT_FUTURE_ONFAULT = 7;
    private static final int SIGHUP = 1;

    private Libc() {}

    static boolean available() {
        return System.getProperty("os.name").equals("Linux");
    }

    /// No core dumps, and no reading of this process's memory by others of the same user.
    static boolean forbidDumping() {
        try {
            MethodHandle prctl = handle(
                    "prctl",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
            return (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L) == 0;
        } catch (Throwable missing) {
            return false;
        }
    }

    static boolean limitCoreFilesToNothing() {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle setrlimit = handle(
                    "setrlimit",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            MemorySegment softAndHard = arena.allocate(ValueLayout.JAVA_LONG, 2);
            return (int) setrlimit.invokeExact(RLIMIT_CORE, softAndHard) == 0;
        } catch (Throwable missing) {
            return false;
        }
    }

    /// Keeps every page, present and future, out of swap from the moment it is touched.
    static boolean lockMemory() {
        try {
            MethodHandle mlockall =
                    handle("mlockall", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            return (int) mlockall.invokeExact(MCL_CURRENT_FUTURE_ONFAULT) == 0;
        } catch (Throwable missing) {
            return false;
        }
    }

    /// Sets the mask of new files.
    static boolean mask(int bits) {
        try {
            MethodHandle umask = handle("umask", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int before = (int) umask.invokeExact(bits);
            return before >= 0;
        } catch (Throwable missing) {
            return false;
        }
    }

    /// Undoes that whoever started this process had it ignore SIGHUP, as `nohup` does.
    static boolean heedHangups() {
        try {
            MethodHandle signal = handle(
                    "signal", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            MemorySegment before = (MemorySegment) signal.invokeExact(SIGHUP, MemorySegment.NULL);
            return before.address() >= 0;
        } catch (Throwable missing) {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor form, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), form, options);
    }
}
