// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Seed;
import io.coffer.server.KeyWorks.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon is killed at a moment that nobody chose, in the middle of a rotation, a rewrap, a
/// destruction, an import, a promotion or the removal of a mount, while somebody writes; again and again
/// over one store. Every value reads, what was acknowledged is gone on with, and the census equals a look
/// at every value. More often: {@code -Dcoffer.key.kills=100}.
@Timeout(3_600)
final class KeyKillTest {
    private static final List<Work> WORKS = List.of(Work.values());
    private static final int KILLS = Integer.getInteger("coffer.key.kills", 3);
    private static final int VALUES = Integer.getInteger("coffer.key.values", 100);

    @TempDir
    Path room;

    private final Map<Work, Long> lengths = new EnumMap<>(Work.class);
    private final KeptValues values = new KeptValues(3, VALUES);

    @Test
    void everyValueReadsTheWorkGoesOnAndTheCensusIsExact() throws Exception {
        Random dice = new Random(Seed.printed());
        String configuration = "key_destroy_wait = \"0s\"\n" + DaemonProcess.configuration(room);
        DaemonProcess.Keys keys;
        KeyWorks works;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
            works = new KeyWorks(keys.token());
            values.fill(daemon, keys.token());
            for (Work work : WORKS) {
                long start = System.nanoTime();
                works.run(daemon, work);
                lengths.put(work, System.nanoTime() - start);
            }
            works.check(daemon, "before the first kill");
        }
        int first = dice.nextInt(WORKS.size());
        for (int kill = 0; kill < KILLS; kill++) {
            Work work = WORKS.get((first + kill) % WORKS.size());
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                Crowd.Client worker = () -> {
                    works.run(daemon, work);
                    return true;
                };
                Crowd.Client writer = () -> values.write(daemon, keys.token());
                new Crowd(daemon, List.of(worker, writer))
                        .killAfter(Duration.ofNanos(dice.nextLong(2 * lengths.get(work))));
            }
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                String when = "kill " + kill + ", in " + work;
                values.assertRead(daemon, keys.token(), when);
                works.check(daemon, when);
                values.assertRead(daemon, keys.token(), when);
            }
        }
    }
}
