// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Machines log in while the daemon is killed: whoever was told his token has it, each machine is one entity with one
/// alias, and no secret id lets in more often than it is good for.
@Timeout(300)
class LoginProcessKillTest {
    private static final int KILLS = Integer.getInteger("coffer.login.kills", 2);
    private static final int ROLES = 8;
    private static final int SECRETS_OF_A_ROLE = 10;
    private static final int USES = 3;
    private static final int CLIENTS = 4;
    private static final Pattern UUID = Pattern.compile("\"[0-9a-f]{8}-[0-9a-f-]{27}\"");

    @TempDir
    Path room;

    private final ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();
    private DaemonProcess.Keys keys;

    /// @param logins that were acknowledged
    private record Machine(String role, String secret, AtomicInteger logins) {}

    /// @return whether it was let in
    private boolean login(DaemonProcess daemon, Machine machine) throws Exception {
        HttpResponse<String> answer = daemon.ask(
                "POST",
                "auth/approle/login",
                "",
                "{\"role_id\":\"" + machine.role() + "\",\"secret_id\":\"" + machine.secret() + "\"}");
        if (answer.statusCode() == 200) {
            tokens.add(DaemonProcess.field(answer.body(), "client_token"));
            machine.logins().incrementAndGet();
        }
        return answer.statusCode() == 200;
    }

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsThereByHalves() throws Exception {
        long seed = Seed.printed();
        Random dice = new Random(seed);
        String configuration = DaemonProcess.configuration(room);
        try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
            keys = daemon.initialize();
            daemon.done("POST", "sys/auth/approle", keys.token(), "{\"type\":\"approle\"}");
            daemon.done(
                    "POST",
                    "sys/auth/approle/tune",
                    keys.token(),
                    "{\"user_lockout_config\":{\"lockout_disable\":true}}");
            for (int i = 0; i < ROLES; i++) {
                daemon.done(
                        "POST",
                        "auth/approle/role/r" + i,
                        keys.token(),
                        "{\"role_id\":\"r" + i + "\",\"secret_id_num_uses\":" + USES + "}");
            }
        }
        for (int kill = 0; kill < KILLS; kill++) {
            List<Machine> machines = new ArrayList<>();
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                for (int i = 0; i < ROLES * SECRETS_OF_A_ROLE; i++) {
                    String role = "r" + i % ROLES;
                    HttpResponse<String> made =
                            daemon.ask("POST", "auth/approle/role/" + role + "/secret-id", keys.token(), "");
                    machines.add(new Machine(role, DaemonProcess.field(made.body(), "secret_id"), new AtomicInteger()));
                }
                AtomicInteger next = new AtomicInteger();
                Crowd.Client client = () -> login(daemon, machines.get(next.getAndIncrement() % machines.size()));
                new Crowd(daemon, Collections.nCopies(CLIENTS, client)).killAfter(1 + dice.nextInt(machines.size()));
            }
            try (DaemonProcess daemon = DaemonProcess.start(room, configuration)) {
                daemon.unseal(keys);
                check(daemon, machines, "seed " + seed + ", kill " + kill);
            }
        }
    }

    private void check(DaemonProcess daemon, List<Machine> machines, String when) throws Exception {
        for (String token : tokens) {
            assertThat(daemon.ask("GET", "auth/token/lookup-self", token, "").statusCode())
                    .as(when)
                    .isEqualTo(200);
        }
        for (Machine machine : machines) {
            while (login(daemon, machine)) {
                assertThat(machine.logins().get()).as(when).isLessThanOrEqualTo(USES);
            }
        }
        int acknowledged = machines.stream().mapToInt(one -> one.logins().get()).sum();
        assertThat(acknowledged).as(when).isBetween(machines.size() * USES - CLIENTS, machines.size() * USES);
        assertThat(count(daemon, "identity/entity/id")).as(when).isEqualTo(ROLES);
        assertThat(count(daemon, "identity/entity-alias/id")).as(when).isEqualTo(ROLES);
    }

    private long count(DaemonProcess daemon, String path) throws Exception {
        String listed = daemon.ask("GET", path + "?list=true", keys.token(), "").body();
        String names =
                listed.substring(listed.indexOf("\"keys\":["), listed.indexOf(']', listed.indexOf("\"keys\":[")));
        return UUID.matcher(names).results().count();
    }
}
