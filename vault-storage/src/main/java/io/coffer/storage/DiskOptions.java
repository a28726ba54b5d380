// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import java.time.Duration;

/// How much a RocksDB disk may take.
///
/// @param cacheBytes memory for blocks of files, their indexes and filters, and the write buffers
///     together
/// @param writeBufferBytes the part of it that writes may take before they are flushed to files
/// @param walBytes how much write-ahead log is kept at most, which bounds what an opening has to replay
/// @param openFiles how many files are open at once
/// @param patience how long {@link RocksDbDisk#close} and {@link RocksDbDisk#purge} wait for older
///     views
public record DiskOptions(long cacheBytes, long writeBufferBytes, long walBytes, int openFiles, Duration patience) {
    public static final DiskOptions DEFAULT =
            new DiskOptions(32L << 20, 16L << 20, 48L << 20, 256, Duration.ofSeconds(30));

    public DiskOptions {
        if (writeBufferBytes < 1 << 16 || cacheBytes < writeBufferBytes || walBytes < writeBufferBytes) {
            throw new IllegalArgumentException(
                    "writeBufferBytes is at least 64 KiB, and cacheBytes and walBytes are not less than it");
        }
        if (openFiles < 16) {
            throw new IllegalArgumentException("openFiles is at least 16");
        }
    }
}
