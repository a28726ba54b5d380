// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.auth.Logins;
import io.coffer.core.engine.Engine;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `docs/compatibility.md` is made from the list of the API's paths in `api/paths.txt` and from the routes.
/// To make it anew: `mvn -q -pl vault-core test -Dtest=CompatibilityPageTest -Dcoffer.docs=write`.
class CompatibilityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final boolean WRITE = "write".equals(System.getProperty("coffer.docs"));
    private static final List<String> LOGINS = List.of("userpass", "approle", "cert", "jwt", "ldap");
    private static final Map<String, String> PLACES = places();

    /// @param note how it differs; empty if it does not
    private record Known(String kind, String method, String path, String note) {
        /// A path of this form.
        String sample() {
            return path.replace(":", "x-");
        }

        Operation operation() {
            return switch (method) {
                case "GET" -> Operation.READ;
                case "POST" -> Operation.UPDATE;
                default -> Operation.valueOf(method);
            };
        }
    }

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("sys", "sys/");
        places.put("identity", "identity/");
        places.put("token", "auth/token/");
        LOGINS.forEach(method -> places.put(method, "auth/" + method + "/"));
        places.put("kv1", "kv1/");
        places.put("kv2", "kv2/");
        places.put("cubbyhole", "cubbyhole/");
        return places;
    }

    @Test
    void thePageSaysWhatTheRoutesAre() throws IOException {
        String made;
        try (TestVault vault = TestVault.open()) {
            LOGINS.forEach(method -> Logins.enable(vault, method));
            vault.write("sys/mounts/kv1", "{\"type\":\"kv\"}");
            vault.write("sys/mounts/kv2", "{\"type\":\"kv-v2\"}");
            made = page(vault.look(reader -> vault.mounts().read(reader)));
        }
        if (WRITE) {
            Files.writeString(PAGE, made);
            return;
        }
        assertThat(Files.readString(PAGE))
                .as("docs/compatibility.md is not what the routes say; make it anew:"
                        + " mvn -q -pl vault-core test -Dtest=CompatibilityPageTest -Dcoffer.docs=write")
                .isEqualTo(made);
    }

    private static String page(Mounts mounts) throws IOException {
        StringBuilder page = new StringBuilder("""
                # Which paths of the API are there

                Every path that clients of the Vault API know, whether this version answers it, and how it differs where it
                does. What is not there answers 404 `unsupported path`, or 405. Paths of our own are in [api.md](api.md). This
                page is made from the routes, and a test compares it.
                """);
        Map<String, List<Known>> byKind = new LinkedHashMap<>();
        known().forEach(path ->
                byKind.computeIfAbsent(path.kind(), kind -> new ArrayList<>()).add(path));
        byKind.forEach((kind, paths) -> {
            String place = PLACES.get(kind);
            Engine engine = mounts.route(place).orElseThrow().engine();
            long there = paths.stream().filter(path -> isThere(engine, path)).count();
            page.append("\n## `").append(place).append("`\n\n");
            page.append(there).append(" of ").append(paths.size()).append(" are there.\n\n");
            page.append("| path | there | notes |\n|---|---|---|\n");
            for (Known path : paths) {
                page.append("| `")
                        .append(path.method())
                        .append(' ')
                        .append(path.path())
                        .append("` | ")
                        .append(isThere(engine, path) ? "yes" : "no")
                        .append(" | ")
                        .append(path.note())
                        .append(" |\n");
            }
        });
        return page.toString().replace("|  |\n", "| |\n");
    }

    private static boolean isThere(Engine engine, Known path) {
        return engine.routes().stream()
                .anyMatch(route -> route.operation() == path.operation()
                        && route.pattern().match(path.sample()).isPresent()
                        && isNoLessNarrow(route.pattern().text(), path.path()));
    }

    /// Whether a route is for paths of this form, and not only one that takes any path.
    private static boolean isNoLessNarrow(String pattern, String path) {
        boolean takesAll = pattern.startsWith(":") && pattern.endsWith("*");
        return !takesAll || path.startsWith(":");
    }

    private static List<Known> known() throws IOException {
        try (InputStream in = CompatibilityPageTest.class.getResourceAsStream("/api/paths.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(CompatibilityPageTest::known)
                    .toList();
        }
    }

    private static Known known(String line) {
        int bar = line.indexOf('|');
        String[] words = line.substring(0, bar).strip().split(" ", -1);
        return new Known(words[0], words[1], words[2], line.substring(bar + 1).strip());
    }
}
