// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a hundred make at once under one name.
class IdentityRaceTest {
    private static final int MANY = 100;

    private final ExecutorService log = Executors.newSingleThreadExecutor();
    private final ExecutorService callers = Executors.newFixedThreadPool(MANY);
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).log(log).random(new SecureRandom()), 1, 1);
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
        callers.shutdown();
        log.shutdown();
    }

    /// Each in a spelling of its own.
    private List<Response> atOnce(String path, String name, String more) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(MANY);
        List<Future<Response>> running = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String spelled = i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT);
            running.add(callers.submit(() -> {
                gate.await();
                return clients.write(Clients.ROOT, path, "{\"name\":\"" + spelled + "\"" + more + "}");
            }));
        }
        List<Response> all = new ArrayList<>();
        for (Future<Response> each : running) {
            all.add(each.get());
        }
        return all;
    }

    private int listed(String path) {
        Response list = clients.call(Clients.ROOT, Operation.LIST, path, "");
        return ((Json.Arr) ((Json.Obj) ((Response.Ok) list).data()).get("keys"))
                .items()
                .size();
    }

    @Test
    void anAliasIsMadeOnceWithOneEntity() throws Exception {
        vault.write("sys/auth/up", "{\"type\":\"userpass\"}");
        Json.Obj methods = (Json.Obj) ((Response.Ok) vault.read("sys/auth")).data();
        String accessor = ((Json.Str) ((Json.Obj) methods.get("up/")).get("accessor")).value();
        for (String name : List.of("ann", "bob", "eve")) {
            List<Response> answers = atOnce("identity/entity-alias", name, ",\"mount_accessor\":\"" + accessor + "\"");
            assertThat(answers).allMatch(Response.Ok.class::isInstance);
            assertThat(answers.stream().map(Clients::show).distinct()).hasSize(1);
        }
        assertThat(listed("identity/entity-alias/id/")).isEqualTo(3);
        assertThat(listed("identity/entity/id/")).isEqualTo(3);
    }

    @Test
    void anEntityAndAGroupAreMadeOnce() throws Exception {
        assertThat(atOnce("identity/entity", "ann", "")).noneMatch(Response.Failed.class::isInstance);
        assertThat(atOnce("identity/group", "team", "")).noneMatch(Response.Failed.class::isInstance);
        assertThat(listed("identity/entity/id/")).isEqualTo(1);
        assertThat(listed("identity/group/id/")).isEqualTo(1);
    }
}
