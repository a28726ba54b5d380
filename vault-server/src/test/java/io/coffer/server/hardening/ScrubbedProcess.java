// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import io.coffer.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Leaves garbage with a pattern in it all over its heap, has the heap scrubbed, and prints how many of the
/// patterns there were before and are after.
final class ScrubbedProcess {
    private static final List<Object> KEPT = new ArrayList<>();

    private ScrubbedProcess() {}

    public static void main(String[] arguments) throws Exception {
        Traces.inHeap();
        litter();
        System.out.println("before " + Traces.inHeap());
        var done = new CountDownLatch(1);
        new HeapScrub(() -> {
                    HeapScrub.scrub();
                    done.countDown();
                })
                .observe(new Event.VaultSealed(true));
        done.await();
        System.out.println("after " + Traces.inHeap());
    }

    /// In eden, in the survivors' spaces, and from the bottom of the old generation to where it was nearly full.
    private static void litter() {
        for (int i = 0; i < 1500; i++) {
            KEPT.add(new byte[64 << 10]);
            KEPT.add(Traces.pattern());
        }
        System.gc();
        for (int i = 0; i < 2000; i++) {
            KEPT.add(Traces.pattern());
            KEPT.add(new byte[4 << 10]);
        }
        KEPT.clear();
        for (int i = 0; i < 500; i++) {
            KEPT.add(Traces.pattern());
        }
        KEPT.clear();
    }
}
