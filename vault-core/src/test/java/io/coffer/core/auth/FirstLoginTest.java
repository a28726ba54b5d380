// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The first login of somebody, many times at once.
class FirstLoginTest {
    private static void prepare(TestVault vault) {
        Logins.enable(vault, "approle");
        assertThat(vault.write(
                        "auth/approle/role/r",
                        "{\"role_id\":\"r\",\"bind_secret_id\":false,\"secret_id_bound_cidrs\":\"0.0.0.0/0,::/0\"}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    private static Response login(TestVault vault) {
        return Logins.from(vault, "10.0.0.1", "auth/approle/login", "{\"role_id\":\"r\"}");
    }

    @Test
    void ofAHundredFirstLoginsAtOnceEachMakesATokenAndAllTogetherOneEntity() throws Exception {
        ExecutorService log = Executors.newSingleThreadExecutor();
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try (TestVault vault = TestVault.open(
                TestVault.Setup.over(new MemoryDisk()).log(log).random(new java.security.SecureRandom()), 1, 1)) {
            prepare(vault);
            int tokens = Logins.count(vault, "auth/token/accessors");
            CyclicBarrier gate = new CyclicBarrier(100);
            List<Future<Response>> running = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                running.add(callers.submit(() -> {
                    gate.await();
                    return login(vault);
                }));
            }
            for (Future<Response> each : running) {
                Logins.in(each.get());
            }
            assertThat(Logins.count(vault, "identity/entity/id")).isEqualTo(1);
            assertThat(Logins.count(vault, "identity/entity-alias/id")).isEqualTo(1);
            assertThat(Logins.count(vault, "auth/token/accessors")).isEqualTo(tokens + 100);
        } finally {
            callers.shutdown();
            log.shutdown();
        }
    }
}
