// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// Whoever asks for a rewrap while another one is under way, at each of its steps and before the disk knows of it.
class RewrapJoinTest {
    /// A log thread that can be held up, so that what is accepted is not durable yet.
    private static final class Log implements Executor {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean held;

        @Override
        public void execute(Runnable task) {
            if (held) {
                waiting.add(task);
            } else {
                task.run();
            }
        }

        void release() {
            held = false;
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }

    private final Log log = new Log();

    private TestVault filled() {
        TestVault vault = TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log), 1, 1);
        for (String mount : List.of("one", "two")) {
            vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
            vault.write(mount + "/a", "{\"v\":1}");
        }
        vault.write("sys/rotate", "");
        vault.write("sys/rewrap", "{\"scope\":\"" + scope(vault, "one") + "\"}");
        return vault;
    }

    private static Scope scope(TestVault vault, String mount) {
        return vault.look(reader ->
                vault.mounts().read(reader).at(mount + "/").orElseThrow().scope());
    }

    private static boolean step(TestVault vault, RewrapJob job) {
        return vault.vault().unsealed(job::step).isPresent();
    }

    @Test
    void isHeardAtWhateverStep() {
        int steps = 0;
        while (joinedAfter(steps)) {
            steps++;
        }
        assertThat(steps).isGreaterThan(3);
    }

    /// @return whether it was under way after so many steps
    private boolean joinedAfter(int steps) {
        try (TestVault vault = filled()) {
            RewrapJob job = Moving.job(vault);
            for (int i = 0; i < steps; i++) {
                step(vault, job);
            }
            boolean underWay = vault.look(Rewrap::read).orElseThrow().isUnderWay();
            Scope two = scope(vault, "two");
            log.held = true;
            vault.vault()
                    .unsealed(barrier -> barrier.govern(writer -> Rewrap.start(
                            writer,
                            List.of(two),
                            OptionalLong.empty(),
                            vault.time().now())));
            step(vault, job);
            step(vault, job);
            log.release();
            while (step(vault, job)) {
                // to its end
            }
            assertThat(Moving.scan(vault.committer(), scope(vault, "one")))
                    .as("after %d steps", steps)
                    .containsOnlyKeys(2);
            assertThat(Moving.scan(vault.committer(), two))
                    .as("after %d steps", steps)
                    .containsOnlyKeys(2);
            return underWay;
        }
    }

    @Test
    void anEndThatTheDiskDoesNotKnowYetIsToldOnce() {
        try (TestVault vault = filled()) {
            RewrapJob job = Moving.job(vault);
            while (ends(vault) == 0) {
                log.held = true;
                step(vault, job);
                step(vault, job);
                step(vault, job);
                log.release();
            }
            while (step(vault, job)) {
                // until it knows
            }
            assertThat(ends(vault)).isEqualTo(1);
        }
    }

    private static long ends(TestVault vault) {
        return vault.events().stream()
                .filter(Event.RewrapEnded.class::isInstance)
                .count();
    }
}
