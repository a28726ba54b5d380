// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.CorruptedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Looks at RocksDB's logs (the manifest and the write-ahead logs) before RocksDB does.
///
/// RocksDB 11.8 takes some single bent bits in them for something else: a bent length near the end for
/// a cut tail, whose records it drops without a word, and a bent type for a reused log, over which it
/// drops a whole log or reads for ever. Here each is an error that names the file and the place. A cut
/// tail is none: a crash leaves it.
///
/// A log is made of blocks of 32 KiB, a block of records, a record of CRC-32C (4 bytes, rotated and
/// shifted, over type and data), length (2), type (1) and data. A block's last bytes, too few for a
/// record, are zero.
final class LogCheck {
    private static final int BLOCK = 32 * 1024;
    private static final int HEADER = 7;
    /// Whole, first, middle and last; set compression, timestamp sizes, and what the log before this
    /// one was.
    private static final List<Integer> TYPES = List.of(1, 2, 3, 4, 9, 10, 130);

    private final Path file;

    private LogCheck(Path file) {
        this.file = file;
    }

    /// @throws CorruptedException if a log of the database is bent
    static void check(Path database) throws IOException {
        for (Path file : logs(database)) {
            try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
                check(file, bytes);
            }
        }
    }

    /// @param file what the error names
    static void check(Path file, ReadableByteChannel bytes) throws IOException {
        new LogCheck(file).check(bytes);
    }

    /// The manifest in use and every write-ahead log. A database without a readable CURRENT is for
    /// RocksDB to refuse.
    private static List<Path> logs(Path database) throws IOException {
        Path current = database.resolve("CURRENT");
        String manifest = Files.exists(current)
                ? Files.readString(current, StandardCharsets.ISO_8859_1).strip()
                : "";
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.endsWith(".log") || name.equals(manifest);
                    })
                    .sorted()
                    .toList();
        }
    }

    private void check(ReadableByteChannel bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        boolean more = true;
        for (long start = 0; more; start += BLOCK) {
            block.clear();
            while (block.hasRemaining() && more) {
                more = bytes.read(block) >= 0;
            }
            check(block.flip(), start);
        }
    }

    private void check(ByteBuffer block, long start) {
        while (block.remaining() >= HEADER) {
            long at = start + block.position();
            int expected = block.getInt();
            int length = Short.toUnsignedInt(block.getShort());
            int type = Byte.toUnsignedInt(block.get());
            if (type == 0 && length == 0 && expected == 0) {
                return; // space that was laid out and not written
            }
            boolean cut = length > block.remaining();
            if (cut ? isLongerThanItSays(block, type, expected) : checksum(block, type, length) != expected) {
                throw corrupted(at);
            }
            if (cut) {
                if (block.limit() == BLOCK) {
                    throw corrupted(at); // no record goes over the end of its block
                }
                return;
            }
            if (!TYPES.contains(type)) {
                throw corrupted(at);
            }
            block.position(block.position() + length);
        }
    }

    /// Whether a record that seems to be cut is whole, with a bent length: its checksum fits to some of
    /// what is there.
    private static boolean isLongerThanItSays(ByteBuffer block, int type, int expected) {
        CRC32C checksum = new CRC32C();
        checksum.update(type);
        for (int i = block.position(); i < block.limit(); i++) {
            if (masked(checksum) == expected) {
                return true;
            }
            checksum.update(block.get(i));
        }
        return masked(checksum) == expected;
    }

    private static int checksum(ByteBuffer block, int type, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(type);
        checksum.update(block.slice(block.position(), length));
        return masked(checksum);
    }

    private static int masked(CRC32C checksum) {
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xA282_EAD8;
    }

    private CorruptedException corrupted(long at) {
        return new CorruptedException(
                file + " is damaged at byte " + at + "; keep a copy of the directory and restore a backup");
    }
}
