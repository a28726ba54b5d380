// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.TestVault;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import io.coffer.core.storage.Totals;
import io.coffer.storage.RocksDbDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon over a store that was made two days before gives scopes new terms by itself, as their settings say. It
/// looks when it is unsealed, so it is started again to look.
@Timeout(300)
final class SelfRotationTest {
    private static final Duration AGE = Duration.ofDays(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");

    /// What each mount is told of its own.
    private static final Map<String, String> SETTINGS = Map.of(
            "old", "\"interval\":\"24h\",\"auto_rewrap\":true",
            "young", "\"interval\":\"72h\"",
            "off", "\"interval\":\"24h\",\"max_bytes\":1,\"enabled\":false",
            "many", "\"max_operations\":1000000",
            "fewer", "\"max_operations\":1000100",
            "big", "\"max_bytes\":10000",
            "small", "\"max_bytes\":100000");

    @TempDir
    Path room;

    private final Map<String, Scope> scopes = new HashMap<>();
    private DaemonProcess.Keys keys = new DaemonProcess.Keys("", "");

    @Test
    void scopesAreRotatedByAgeByEncryptionsAndByBytesAsTheirSettingsSayAndElseNot() throws Exception {
        makeStore();
        try (DaemonProcess daemon = start()) {
            daemon.unseal(keys);
            for (var mount : SETTINGS.entrySet()) {
                String scope = "\"scope\":\"" + scopes.get(mount.getKey()) + "\",";
                ask(daemon, "POST", "sys/rotate/config", "{" + scope + mount.getValue() + "}");
            }
            for (String mount : List.of("big", "small")) {
                ask(daemon, "PUT", mount + "/a", "{\"long\":\"" + "x".repeat(20_000) + "\"}");
            }
            daemon.signal("TERM");
            daemon.exit();
        }
        try (DaemonProcess daemon = start()) {
            daemon.unseal(keys);
            for (String mount : List.of("old", "many", "big")) {
                await(mount).atMost(PATIENCE).until(() -> states(daemon, mount)
                        .equals(List.of("deprecated", "primary")));
            }
            for (String mount : List.of("young", "off", "fewer", "small")) {
                assertThat(states(daemon, mount)).as(mount).containsExactly("primary");
            }
            await("values are moved where that is set")
                    .atMost(PATIENCE)
                    .until(() -> terms(daemon, "old").contains("\"state\":\"deprecated\",\"algorithm\":\"xaes256-gcm\"")
                            && terms(daemon, "old").contains("\"values\":0,"));
            assertThat(terms(daemon, "big")).doesNotContain("\"values\":0,\"bytes\":0,\"encryptions\":1");
            for (String mount : SETTINGS.keySet()) {
                assertThat(ask(daemon, "GET", mount + "/b", "")).contains("\"n\":1");
            }
        }
    }

    /// Two days ago by its own clock; and in two mounts a million values were written since, says the census.
    private void makeStore() {
        try (Disk disk = RocksDbDisk.open(room.resolve("data"))) {
            TestVault.Setup setup = TestVault.Setup.over(disk);
            setup.time().pass(Duration.between(setup.time().now(), Instant.now().minus(AGE)));
            try (TestVault vault = TestVault.open(setup, 1, 1)) {
                String share = vault.share(1).use(Base64.getEncoder()::encodeToString);
                keys = new DaemonProcess.Keys(share, TestVault.ROOT.text());
                for (String mount : SETTINGS.keySet()) {
                    vault.write("sys/mounts/" + mount, "{\"type\":\"kv\"}");
                    vault.write(mount + "/b", "{\"n\":1}");
                    scopes.put(mount, vault.look(reader -> vault.mounts()
                            .read(reader)
                            .at(mount + "/")
                            .orElseThrow()
                            .scope()));
                }
            }
            for (String mount : List.of("many", "fewer")) {
                Totals.write(disk, scopes.get(mount), 1, new Tally(1, 64, 1_000_000, 64_000_000));
            }
        }
    }

    private DaemonProcess start() throws Exception {
        return DaemonProcess.start(room, DaemonProcess.configuration(room));
    }

    private String ask(DaemonProcess daemon, String method, String path, String body) throws Exception {
        var answer = daemon.ask(method, path, keys.token(), body);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(200, 204);
        return answer.body();
    }

    private String terms(DaemonProcess daemon, String mount) throws Exception {
        return ask(daemon, "GET", "sys/keys/" + scopes.get(mount), "");
    }

    private List<String> states(DaemonProcess daemon, String mount) throws Exception {
        return STATE.matcher(terms(daemon, mount))
                .results()
                .map(state -> state.group(1))
                .toList();
    }
}
