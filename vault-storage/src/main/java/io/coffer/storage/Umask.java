// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The mask of permissions of every file that this process makes: RocksDB makes its files with the
/// system's default.
final class Umask {
    private static final int OWNER_ONLY = 0077;

    private Umask() {}

    /// From now on, files of this process are for its owner only. Where there is no such mask, nothing
    /// happens; the directory around the files is closed to others all the same.
    @SuppressWarnings("restricted") // the one call into the system's library: it takes and gives an int
    static void ownerOnly() {
        Linker linker = Linker.nativeLinker();
        linker.defaultLookup().find("umask").ifPresent(address -> {
            MethodHandle umask =
                    linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            try {
                int before = (int) umask.invokeExact(OWNER_ONLY);
                assert before >= 0;
            } catch (Throwable impossible) {
                throw new AssertionError("umask does not throw", impossible);
            }
        });
    }
}
