// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Seed;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// 40 clients without a token send garbage to every path of a ceremony while three holders unseal, rekey
/// and generate a root token. The daemon's heap has a bound that what they send would break if any of it
/// stayed. Longer: {@code -Dcoffer.garbage.seconds=60}.
@Timeout(3_600)
final class CeremonyGarbageTest {
    private static final Duration LEAST = Duration.ofSeconds(Integer.getInteger("coffer.garbage.seconds", 3));
    private static final int CLIENTS = 40;

    /// The daemon's heap has 256 MiB, and its code and native memory less than that.
    private static final long MOST_KIBIBYTES = 512 << 10;
    private static final List<String> PATHS = List.of(
            "sys/unseal",
            "sys/rekey/init",
            "sys/rekey/update",
            "sys/rekey/verify",
            "sys/rotate/root/init",
            "sys/rotate/root/update",
            "sys/rotate/root/verify",
            "sys/generate-root/attempt",
            "sys/generate-root/update",
            "sys/generate-root-token/attempt",
            "sys/generate-root-token/update",
            "sys/decode-token",
            "sys/init",
            "sys/rekey/backup",
            "sys/rekey-recovery-key/init",
            "sys/rotate/recovery/update",
            "sys/rotate",
            "sys/share/acknowledge",
            "sys/share/commitments",
            "sys/share/delivery",
            "sys/share/delivery/1/1",
            "sys/share/report");

    /// What anybody may read: how far something is, and what tells a share from other bytes.
    private static final List<String> TOLD =
            List.of("\"sealed\"", "\"started\"", "\"initialized\"", "\"commitments\"", "{\"shares\":[]}");

    @TempDir
    Path room;

    private final AtomicLong sent = new AtomicLong();

    @Test
    void holdersUnsealRekeyAndGenerateARootTokenAmongAnybodysGarbage() throws Exception {
        long seed = Seed.printed();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        AtomicBoolean enough = new AtomicBoolean();
        try (DaemonProcess daemon = DaemonProcess.start(room, DaemonProcess.configuration(room))) {
            String init = daemon.ask("PUT", "sys/init", "", "{\"secret_shares\":5,\"secret_threshold\":3}")
                    .body();
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Random dice = new Random(seed + i);
                running.add(clients.submit(() -> garbage(daemon, dice, enough)));
            }
            long end = System.nanoTime() + LEAST.toNanos();
            List<String> shares = ceremonies(daemon, init);
            long before = residentKibibytes(daemon);
            while (System.nanoTime() < end) {
                shares = sealAndUnseal(daemon, shares, field(init, "root_token"));
            }
            enough.set(true);
            for (Future<Boolean> client : running) {
                assertThat(client.get()).isTrue();
            }
            long after = residentKibibytes(daemon);
            System.out.printf(
                    "%d requests of garbage; resident %d KiB after the ceremonies, %d KiB at the end%n",
                    sent.get(), before, after);
            assertThat(after).isPositive().isLessThan(MOST_KIBIBYTES);
        } finally {
            clients.shutdownNow();
        }
    }

    /// Unseals, rekeys, and makes a root token with the new shares.
    ///
    /// @return the new shares
    private static List<String> ceremonies(DaemonProcess daemon, String init) throws Exception {
        List<String> shares = shares(init);
        String token = field(init, "root_token");
        unseal(daemon, shares);
        String rekey = daemon.ask("PUT", "sys/rekey/init", token, "{\"secret_shares\":4,\"secret_threshold\":3}")
                .body();
        String made = offer(daemon, "sys/rekey/update", token, shares, field(rekey, "nonce"));
        assertThat(made).contains("\"complete\":true");
        List<String> fresh = shares(made);
        assertThat(fresh).hasSize(4);
        String begun =
                daemon.ask("PUT", "sys/generate-root/attempt", token, "{}").body();
        String root = offer(daemon, "sys/generate-root/update", "", fresh, field(begun, "nonce"));
        assertThat(root).contains("\"complete\":true");
        return fresh;
    }

    private static List<String> sealAndUnseal(DaemonProcess daemon, List<String> shares, String token)
            throws Exception {
        assertThat(daemon.ask("PUT", "sys/seal", token, "").statusCode()).isEqualTo(204);
        unseal(daemon, shares);
        return shares;
    }

    private static void unseal(DaemonProcess daemon, List<String> shares) throws Exception {
        String answer = "";
        for (String share : shares.subList(0, 3)) {
            answer = daemon.ask("PUT", "sys/unseal", "", "{\"key\":\"" + share + "\"}")
                    .body();
        }
        assertThat(answer).contains("\"sealed\":false");
    }

    private static String offer(DaemonProcess daemon, String path, String token, List<String> shares, String nonce)
            throws Exception {
        String answer = "";
        for (String share : shares.subList(0, 3)) {
            String body = "{\"key\":\"" + share + "\",\"nonce\":\"" + nonce + "\"}";
            answer = daemon.ask("PUT", path, token, body).body();
        }
        return answer;
    }

    /// Anything but a share: nothing of it may be taken for one, and nothing may be granted.
    private boolean garbage(DaemonProcess daemon, Random dice, AtomicBoolean enough) throws Exception {
        while (!enough.get()) {
            String path = PATHS.get(dice.nextInt(PATHS.size()));
            String method = List.of("PUT", "POST", "GET", "DELETE", "PATCH").get(dice.nextInt(5));
            HttpResponse<String> answer = daemon.ask(method, path, "", method.equals("GET") ? "" : body(dice));
            boolean status = answer.statusCode() == 200 && TOLD.stream().anyMatch(answer.body()::contains);
            assertThat(status || answer.statusCode() >= 400)
                    .as("%s %s: %d %s", method, path, answer.statusCode(), answer.body())
                    .isTrue();
            assertThat(answer.statusCode())
                    .as("%s %s: %s", method, path, answer.body())
                    .isNotEqualTo(500);
            sent.incrementAndGet();
        }
        return true;
    }

    private static String body(Random dice) {
        byte[] key = new byte[dice.nextInt(40)];
        dice.nextBytes(key);
        String hex = HexFormat.of().formatHex(key);
        String nonce = Long.toHexString(dice.nextLong());
        return switch (dice.nextInt(6)) {
            case 0 -> "{\"key\":\"" + hex + "\",\"nonce\":\"" + nonce + "\"}";
            case 1 -> "{\"secret_shares\":3,\"secret_threshold\":2,\"key\":\"" + hex + "\"}";
            case 2 -> "{\"otp\":\"" + "x".repeat(28) + "\",\"key\":\"" + hex + "\"}";
            case 3 -> "{\"key\":" + dice.nextInt() + ",\"reset\":\"" + nonce + "\"}";
            case 4 -> "{\"" + nonce + "\":[" + "[".repeat(dice.nextInt(100)) + "\"" + hex.repeat(50) + "\"";
            default -> hex;
        };
    }

    private static long residentKibibytes(DaemonProcess daemon) throws Exception {
        Matcher resident = Pattern.compile("VmRSS:\\s+([0-9]+)")
                .matcher(Files.readString(Path.of("/proc/" + daemon.pid() + "/status")));
        return resident.find() ? Long.parseLong(resident.group(1)) : 0;
    }

    private static List<String> shares(String json) {
        String keys = json.replaceFirst("(?s)^.*\"keys\":\\[([^\\]]*)\\].*$", "$1");
        return Stream.of(keys.split(",")).map(key -> key.replace("\"", "")).toList();
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        assertThat(found.find()).as(name + " in " + json).isTrue();
        return found.group(1);
    }
}
