// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.coffer.core.request.Json;
import io.coffer.server.Main;
import io.coffer.server.cli.wire.FakeServer;
import io.coffer.server.cli.wire.FakeServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A client command in a JVM of its own, with nothing on its class path but what it may need.
class LeanStartTest {
    private static final Pattern LOADED = Pattern.compile("(?m)^\\[[^\\n]*load[^\\n]*] ([\\w.$/]+) source:");

    @TempDir
    Path home;

    private record Ran(int exit, String output, List<String> loaded) {
        List<String> of(String prefix) {
            return loaded.stream().filter(name -> name.startsWith(prefix)).toList();
        }
    }

    private static String place(Class<?> type) {
        return Path.of(URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()))
                .toString();
    }

    private Ran run(String address, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load",
                "-cp",
                String.join(
                        System.getProperty("path.separator"),
                        place(Main.class),
                        place(Json.class),
                        place(CommandLine.class),
                        place(JsonFactory.class)),
                Main.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("VAULT_") || name.startsWith("BAO_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("VAULT_ADDR", address);
        builder.environment().put("VAULT_TOKEN", "hvs.test");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> loaded =
                LOADED.matcher(output).results().map(found -> found.group(1)).toList();
        return new Ran(process.exitValue(), output, loaded);
    }

    private static Answer answer(FakeServer.Seen seen) {
        String mount = "{\"data\":{\"path\":\"secret/\",\"options\":{\"version\":\"2\"}}}";
        String secret = "{\"data\":{\"data\":{\"user\":\"bob\"},\"metadata\":{\"version\":1}}}";
        return Answer.of(200, seen.path().contains("/internal/") ? mount : secret);
    }

    @Test
    void aCommandLoadsNothingOfTheDaemonAndNoHelp() throws Exception {
        try (FakeServer server = FakeServer.plain(LeanStartTest::answer)) {
            Ran ran = run(server.address(), "kv", "get", "secret/app");
            assertThat(ran.exit()).as(ran.output()).isZero();
            assertThat(ran.output()).contains("user    bob");
            assertThat(ran.of("io.coffer.server.cli.")).isNotEmpty();
            for (String daemons : List.of(
                    "io.vertx.",
                    "io.netty.",
                    "org.rocksdb.",
                    "org.slf4j.",
                    "ch.qos.",
                    "org.bouncycastle.",
                    "io.coffer.storage.",
                    "io.coffer.server.http.",
                    "io.coffer.server.config.",
                    "io.coffer.server.Server",
                    "io.coffer.core.vault.",
                    "picocli.",
                    "java.net.http.",
                    "javax.net.ssl.SSLContext")) {
                assertThat(ran.of(daemons)).as(daemons).isEmpty();
            }
        }
    }

    /// Each of these generates classes at run time, which costs more than the command itself.
    @Test
    void aCommandLinksNoPatternSwitchAndNoRegularExpression() throws Exception {
        try (FakeServer server = FakeServer.plain(LeanStartTest::answer)) {
            for (String line :
                    List.of("kv get secret/app", "kv put secret/app a=b", "read -format=json secret/data/app")) {
                Ran ran = run(server.address(), line.split(" ", -1));
                assertThat(ran.exit()).as(ran.output()).isZero();
                assertThat(ran.of("java.lang.runtime.SwitchBootstraps"))
                        .as(line)
                        .isEmpty();
                assertThat(ran.of("java.lang.runtime.ObjectMethods")).as(line).isEmpty();
                assertThat(ran.of("java.util.regex.Pattern")).as(line).isEmpty();
                assertThat(ran.of("java.util.Formatter")).as(line).isEmpty();
            }
        }
    }

    @Test
    void helpNeedsNoMoreThanThat() throws Exception {
        Ran ran = run("http://127.0.0.1:1", "kv", "get", "-h");
        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).contains("Usage: coffer kv get [flags] PATH");
    }

    @Test
    void theExitCodeIsTheProcesss() throws Exception {
        assertThat(run("http://127.0.0.1:1", "kv", "get", "a/b").exit()).isEqualTo(2);
        assertThat(run("http://127.0.0.1:1", "nonsense").exit()).isEqualTo(127);
    }
}
