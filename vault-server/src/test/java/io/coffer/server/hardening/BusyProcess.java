// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

/// Is scrubbed again and again while other threads allocate, also more at a time than the scrub leaves free.
final class BusyProcess {
    private static final int SCRUBS = 4;

    private BusyProcess() {}

    public static void main(String[] arguments) throws Exception {
        Thread small = Thread.ofPlatform().daemon().start(() -> allocate(64, 1 << 10));
        Thread large = Thread.ofPlatform().daemon().start(() -> allocate(6, 4 << 20));
        for (int i = 0; i < SCRUBS; i++) {
            HeapScrub.scrub();
        }
        System.out.println("alive " + small.isAlive() + " " + large.isAlive());
    }

    private static void allocate(int count, int bytes) {
        while (true) {
            byte[][] held = new byte[count][];
            for (int i = 0; i < count; i++) {
                held[i] = new byte[bytes];
            }
            if (held[count - 1].length != bytes) {
                return;
            }
        }
    }
}
