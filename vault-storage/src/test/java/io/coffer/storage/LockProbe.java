// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Another process that tries to lock files, and says of each whether it could.
final class LockProbe {
    private LockProbe() {}

    public static void main(String[] files) throws IOException {
        for (String file : files) {
            try (FileChannel channel = FileChannel.open(Path.of(file), StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() == null ? "held" : "free");
            }
        }
    }
}
