// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.HandDevice;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Anybody who knocks at every ceremony without end. Longer: {@code -Dcoffer.flood=1000000}.
class CeremonyFloodTest {
    private static final int ROUNDS = Integer.getInteger("coffer.flood", 20_000);

    /// A thousandth of what a million calls would leave behind if each left one object.
    private static final long MOST_GROWTH = 4 << 20;

    private static final Duration PAUSE = Duration.ofNanos(100_000);

    private static final List<String> PATHS = List.of(
            "sys/rekey/init",
            "sys/rekey/update",
            "sys/rekey/verify",
            "sys/rotate/root/init",
            "sys/generate-root/attempt",
            "sys/generate-root/update",
            "sys/generate-root-token/attempt",
            "sys/share/acknowledge",
            "sys/unseal");

    /// Those that have something to cancel.
    private static final List<String> ENDED =
            List.of("sys/rekey/init", "sys/rekey/verify", "sys/rotate/root/init", "sys/generate-root/attempt");

    @Test
    void changesNothingStopsNothingAndFillsNoAuditLog() {
        HandDevice device = new HandDevice("file");
        TestVault.Setup setup = TestVault.Setup.over(new MemoryDisk()).devices(device);
        try (TestVault vault = TestVault.open(setup, 5, 3)) {
            Asking nobody = Asking.nobody(vault);
            String nonce = Asking.root(vault).start(4, 2, "");
            nobody.update(nonce, vault.share(1));
            knock(vault, nonce, 0, ROUNDS / 2);
            device.handed.clear();
            long before = heap();
            int rounds = ROUNDS - ROUNDS / 2;
            knock(vault, nonce, ROUNDS / 2, rounds);
            long seconds = PAUSE.multipliedBy(rounds).toSeconds() + 2;
            assertThat((long) device.handed.size())
                    .as("entries of %d seconds", seconds)
                    .isLessThanOrEqualTo(seconds * (AuditLimits.DEFAULT.refusals() + PATHS.size()));
            device.handed.clear();
            assertThat(heap() - before).as("bytes on the heap").isLessThan(MOST_GROWTH);
            Json.Obj status = Asking.data(nobody.read("sys/rekey/init"));
            assertThat(status.get("progress")).isEqualTo(Json.of(1));
            assertThat(Asking.text(status, "nonce")).isEqualTo(nonce);
            nobody.update(nonce, vault.share(2));
            assertThat(Asking.shares(Asking.root(vault).update(nonce, vault.share(3))))
                    .hasSize(4);
        }
    }

    private static void knock(TestVault vault, String nonce, int from, int rounds) {
        Asking nobody = Asking.nobody(vault);
        for (int i = from; i < from + rounds; i++) {
            String path = PATHS.get(i % PATHS.size());
            String garbage = "{\"secret_shares\":1,\"secret_threshold\":1,\"nonce\":\"" + nonce + "\",\"key\":\""
                    + "%066x".formatted(i) + "\"}";
            boolean ends = i % 3 == 0 && ENDED.contains(path);
            Operation operation = ends ? Operation.DELETE : Operation.UPDATE;
            Response answer = nobody.ask(operation, path, i % 5 == 0 ? "{" : garbage);
            assertThat(answer).as("%s %s", operation, path).isNotInstanceOf(Response.Failed.class);
            vault.time().pass(PAUSE);
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
