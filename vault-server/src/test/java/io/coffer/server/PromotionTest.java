// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.crypto.WrappingKey;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A scope's key goes from one daemon to another, each a process over a store of its own, and nobody
/// between them sees it: what is carried opens in the other vault alone.
@Timeout(300)
final class PromotionTest {
    private final SecureRandom random = new SecureRandom();
    private final byte[] observer = WrappingKey.generate(random);

    @TempDir
    Path here;

    @TempDir
    Path there;

    /// A daemon, what opens it, and the scope of its mount.
    private record Vault(DaemonProcess daemon, DaemonProcess.Keys keys, String scope) {
        static Vault start(Path room) throws Exception {
            DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room));
            DaemonProcess.Keys keys = daemon.initialize();
            daemon.ask("POST", "sys/mounts/kv", keys.token(), "{\"type\":\"kv\"}");
            daemon.ask("PUT", "kv/a", keys.token(), "{\"v\":\"before\"}");
            String mounts = daemon.ask("GET", "sys/mounts/kv", keys.token(), "").body();
            return new Vault(daemon, keys, DaemonProcess.field(mounts, "uuid"));
        }

        String get(String path) throws Exception {
            return daemon.ask("GET", path, keys.token(), "").body();
        }

        int post(String path, String body) throws Exception {
            return daemon.ask("POST", path, keys.token(), body).statusCode();
        }

        String promote(String pem) throws Exception {
            String body = text(Json.object().put("public_key", pem).build());
            return DaemonProcess.field(
                    daemon.ask("POST", "sys/keys/" + scope + "/promote", keys.token(), body)
                            .body(),
                    "ciphertext");
        }

        int take(String ciphertext) throws Exception {
            return post("sys/keys/" + scope + "/import", "{\"ciphertext\":\"" + ciphertext + "\"}");
        }
    }

    @Test
    void theOtherVaultWritesUnderTheSameKeyAndNoFileHasIt() throws Exception {
        Vault from = Vault.start(here);
        Vault to = Vault.start(there);
        String pem = ((Json.Str) data(to.get("sys/wrapping-key")).get("public_key")).value();
        String carried = from.promote(pem);
        assertThat(from.take(carried)).as("it was wrapped for the other").isEqualTo(400);
        assertThat(to.take(carried)).isEqualTo(200);
        assertThat(to.get("sys/keys/" + to.scope())).contains("\"term\":2,\"state\":\"available\"");
        assertThat(to.post("sys/rotate", "{\"scope\":\"" + to.scope() + "\",\"term\":2,\"rewrap\":true}"))
                .isEqualTo(204);
        await().atMost(Duration.ofSeconds(60)).until(() -> to.get("sys/rewrap").contains("\"under_way\":false"));
        assertThat(to.get("sys/keys/" + to.scope()))
                .contains("\"term\":1,\"state\":\"deprecated\"", "\"term\":2,\"state\":\"primary\"");
        byte[] key = seen(from);
        assertThat(seen(to)).isEqualTo(key);
        from.daemon().close();
        to.daemon().kill();
        try (DaemonProcess again = DaemonProcess.start(there, DaemonProcess.configuration(there))) {
            again.unseal(to.keys());
            assertThat(again.ask("GET", "kv/a", to.keys().token(), "").body()).contains("{\"v\":\"before\"}");
        }
        for (Path room : List.of(here, there)) {
            assertNowhere(room, key);
        }
    }

    /// The key of the mount, as a policy that binds nobody lets its holder see it.
    private byte[] seen(Vault vault) throws Exception {
        byte[] wrapped = Base64.getDecoder().decode(vault.promote(WrappingKey.publicPem(observer)));
        try (Secret key = WrappingKey.unwrap(observer, wrapped)) {
            return key.copy();
        }
    }

    private static void assertNowhere(Path room, byte[] key) throws IOException {
        String raw = new String(key, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(room)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content.contains(raw)
                                || content.contains(HexFormat.of().formatHex(key))
                                || content.contains(Base64.getEncoder().encodeToString(key)))
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    private static Json.Obj data(String body) {
        return (Json.Obj) JsonText.DEFAULT
                .parseObject(body.getBytes(StandardCharsets.UTF_8))
                .get("data");
    }

    private static String text(Json json) {
        return new String(JsonText.write(json), StandardCharsets.UTF_8);
    }
}
