// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.WrapInfo;
import io.coffer.core.storage.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What many do at once with one token.
class TokenRaceTest {
    private static final int ROUNDS = 20;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).log(log).random(new java.security.SecureRandom()), 1, 1);
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
        callers.shutdown();
        log.shutdown();
    }

    private <T> List<T> atOnce(int number, Callable<T> work) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(number);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            running.add(callers.submit(() -> {
                gate.await();
                return work.call();
            }));
        }
        List<T> all = new ArrayList<>();
        for (Future<T> each : running) {
            all.add(each.get());
        }
        return all;
    }

    @Test
    void ofTwoHundredCallsExactlyAsManyAreLetInAsATokenIsGoodFor() throws Exception {
        for (int uses : new int[] {1, 7, 150}) {
            String token = clients.create("{\"policies\":[\"default\"],\"num_uses\":" + uses + "}");
            List<Response> answers =
                    atOnce(200, () -> clients.call(token, Operation.READ, "auth/token/lookup-self", ""));
            assertThat(answers).filteredOn(Response.Ok.class::isInstance).hasSize(uses);
            assertThat(answers).filteredOn(Response.Denied.class::isInstance).hasSize(200 - uses);
        }
    }

    @Test
    void ofAHundredWhoUnwrapOneGetsTheAnswer() throws Exception {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/w", "{\"a\":1}");
        for (boolean named : new boolean[] {true, false}) {
            WrapInfo info = ((Response.Wrapped) clients.wrapped("60", ROOT, Operation.READ, "kv/w", "")).info();
            String token = info.token().text();
            List<Response> answers = atOnce(
                    100,
                    () -> named
                            ? clients.write(ROOT, "sys/wrapping/unwrap", "{\"token\":\"" + token + "\"}")
                            : clients.write(token, "sys/wrapping/unwrap", ""));
            assertThat(answers).filteredOn(Response.Coded.class::isInstance).hasSize(1);
            assertThat(answers)
                    .filteredOn(new Response.Invalid("wrapping token is not valid or does not exist")::equals)
                    .hasSize(99);
        }
    }

    @Test
    void aChildMadeWhileItsMakerIsRevokedIsDead() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String parent = clients.create("{\"ttl\":\"1h\"}");
            Future<List<Response>> children = callers.submit(
                    () -> atOnce(8, () -> clients.write(parent, "auth/token/create", "{\"ttl\":\"1h\"}")));
            Response revoked = clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + parent + "\"}");
            assertThat(revoked).isEqualTo(Response.NO_CONTENT);
            if (round % 2 == 0) {
                new Jobs(vault).run();
            }
            for (Response child : children.get()) {
                assertThat(child instanceof Response.Authenticated && clients.lives(Clients.text(child)))
                        .isFalse();
            }
        }
        new Jobs(vault).run();
    }

    @Test
    void aTokenOfOnesOwnTextIsMadeOnce() throws Exception {
        List<Response> answers = atOnce(16, () -> clients.write(ROOT, "auth/token/create", "{\"id\":\"mine\"}"));
        assertThat(answers).filteredOn(Response.Authenticated.class::isInstance).hasSize(1);
    }
}
