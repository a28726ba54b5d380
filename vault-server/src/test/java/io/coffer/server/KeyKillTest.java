// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.KeyWorks.Work;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
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
    private static final String[] MOUNTS = {"m0", "m1", "m2"};
    private static final Pattern VALUE = Pattern.compile("\"data\":\\{\"n\":([0-9]+)\\}");

    @TempDir
    Path room;

    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(2);
    private final Map<Work, Long> lengths = new EnumMap<>(Work.class);
    private String token = "";
    private volatile int tried;
    private volatile int acknowledged;

    @AfterEach
    void stop() {
        clients.shutdownNow();
    }

    @Test
    void everyValueReadsTheWorkGoesOnAndTheCensusIsExact() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random dice = new Random(seed);
        String configuration = "key_destroy_wait = \"0s\"\n" + DaemonProcess.configuration(room);
        DaemonProcess.Keys keys;
        KeyWorks works;
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
            token = keys.token();
            works = new KeyWorks(token);
            fill(daemon);
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
                runUntilKilled(daemon, works, work, dice.nextLong(2 * lengths.get(work)));
            }
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                String when = "kill " + kill + ", in " + work;
                assertReads(daemon, when);
                works.check(daemon, when);
                assertReads(daemon, when);
            }
        }
    }

    private void fill(DaemonProcess daemon) throws Exception {
        for (String mount : MOUNTS) {
            daemon.ask("POST", "sys/mounts/" + mount, token, "{\"type\":\"kv\"}");
            for (int i = 0; i < VALUES; i++) {
                daemon.ask("PUT", mount + "/" + i, token, "{\"n\":" + i + "}");
            }
        }
        daemon.ask("PUT", "m0/w", token, "{\"n\":0}");
    }

    private void runUntilKilled(DaemonProcess daemon, KeyWorks works, Work work, long nanos) throws Exception {
        var killed = clients.schedule(() -> kill(daemon), nanos, TimeUnit.NANOSECONDS);
        var written = clients.submit(() -> write(daemon));
        try {
            while (true) {
                works.run(daemon, work);
            }
        } catch (IOException gone) {
            killed.get();
        }
        written.get();
        daemon.exit();
    }

    private static boolean kill(DaemonProcess daemon) throws Exception {
        daemon.signal("KILL");
        return true;
    }

    private boolean write(DaemonProcess daemon) throws Exception {
        try {
            while (true) {
                int next = tried + 1;
                tried = next;
                HttpResponse<String> answer = daemon.ask("PUT", "m0/w", token, "{\"n\":" + next + "}");
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
                acknowledged = next;
            }
        } catch (IOException killed) {
            return true;
        }
    }

    private void assertReads(DaemonProcess daemon, String when) throws Exception {
        for (String mount : MOUNTS) {
            for (int i = 0; i < VALUES; i++) {
                assertThat(read(daemon, mount + "/" + i)).as(when).isEqualTo(i);
            }
        }
        assertThat(read(daemon, "m0/w")).as(when).isBetween(acknowledged, tried);
    }

    private int read(DaemonProcess daemon, String path) throws Exception {
        String answer = daemon.ask("GET", path, token, "").body();
        Matcher value = VALUE.matcher(answer);
        assertThat(value.find()).as(path + ": " + answer).isTrue();
        return Integer.parseInt(value.group(1));
    }
}
