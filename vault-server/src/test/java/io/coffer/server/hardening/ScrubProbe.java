// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A process of its own: litters its heap with copies of a key, scrubs it, and prints how many copies its memory held
/// before
/// and after. It reads itself through the system, since no heap dump shows what free memory holds.
final class ScrubProbe {
    private static final int KEY_BYTES = 32;
    private static final int STEP = 1 << 20;

    private ScrubProbe() {}

    public static void main(String[] arguments) throws IOException {
        byte[] pattern = masked();
        litter(pattern);
        int before = copies(pattern);
        HeapScrub.scrub();
        System.out.println("copies " + before + " " + copies(pattern));
    }

    /// The key with every bit turned, so that the one who searches for it does not hold it.
    private static byte[] masked() {
        byte[] bytes = new byte[KEY_BYTES];
        RandomGeneratorFactory.of("L64X128MixRandom").create(20_261).nextBytes(bytes);
        return bytes;
    }

    private static void litter(byte[] pattern) {
        RandomGenerator dice = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] copy = new byte[KEY_BYTES + dice.nextInt(64)];
            for (int j = 0; j < KEY_BYTES; j++) {
                copy[j] = (byte) ~pattern[j];
            }
            if (i % 10 == 0) {
                kept.add(copy);
            }
            kept.add(new byte[dice.nextInt(2000)]);
            if (i % 5000 == 0) {
                System.gc();
                System.out.println("# " + kept.getLast().length);
                kept.clear();
            }
        }
        kept.clear();
    }

    private static int copies(byte[] pattern) throws IOException {
        int found = 0;
        ByteBuffer window = ByteBuffer.allocateDirect(STEP + KEY_BYTES);
        try (FileChannel memory = FileChannel.open(Path.of("/proc/self/mem"))) {
            for (String mapping : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] parts = mapping.split("[- ]+", 4);
                if (parts[2].startsWith("rw")) {
                    found += copies(
                            pattern,
                            memory,
                            window,
                            Long.parseUnsignedLong(parts[0], 16),
                            Long.parseUnsignedLong(parts[1], 16));
                }
            }
        }
        return found;
    }

    private static int copies(byte[] pattern, FileChannel memory, ByteBuffer window, long from, long to) {
        int found = 0;
        for (long at = from; at < to; at += STEP) {
            window.clear().limit((int) Math.min(STEP + KEY_BYTES, to - at));
            try {
                memory.read(window, at);
            } catch (IOException notBacked) {
                continue;
            }
            for (int i = 0; i < Math.min(STEP, window.position() - KEY_BYTES); i++) {
                found += matches(pattern, window, i) ? 1 : 0;
            }
        }
        return found;
    }

    private static boolean matches(byte[] pattern, ByteBuffer window, int at) {
        for (int i = 0; i < KEY_BYTES; i++) {
            if (window.get(at + i) != (byte) ~pattern[i]) {
                return false;
            }
        }
        return true;
    }
}
