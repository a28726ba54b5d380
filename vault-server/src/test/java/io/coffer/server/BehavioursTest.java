// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.coffer.server.config.Traffic;
import io.coffer.server.http.Raw;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Runs `behaviours.txt`, whose head says how its lines read: one daemon, one test for each row.
@Timeout(120)
final class BehavioursTest {
    private static final Pattern LINE = Pattern.compile(
            "(?<method>\\w+) (?<path>\\S+)(?: @(?<caller>\\w+))?(?<headers>(?: [\\w-]+:\\S+)*)(?: (?<body>\\{.*))?"
                    + " -> (?<status>\\d{3})(?<expected>(?: .*)?)");
    private static final Pattern TAKEN = Pattern.compile("(\\w+)=(\\w+)");

    private final Map<String, String> taken =
            new HashMap<>(Map.of("nobody", "hvs.Nobody", "root", RunningServer.TOKEN));
    private final RunningServer running = start();

    private static RunningServer start() {
        try {
            return new RunningServer(Traffic.DEFAULT);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @AfterEach
    void close() {
        running.close();
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsAsClientsKnowIt() throws IOException {
        Map<String, List<String>> rows = new HashMap<>();
        List<String> titles = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(BehavioursTest.class.getResourceAsStream("behaviours.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("== ")) {
                    titles.add(line.substring(3));
                    rows.put(titles.getLast(), new ArrayList<>());
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    Objects.requireNonNull(rows.get(titles.getLast())).add(line);
                }
            }
        }
        assertThat(titles).doesNotHaveDuplicates().hasSizeGreaterThan(30);
        return titles.stream()
                .map(title -> dynamicTest(title, () -> {
                    for (String line : Objects.requireNonNull(rows.get(title))) {
                        run(line);
                    }
                }));
    }

    private void run(String line) throws IOException {
        Matcher parts = LINE.matcher(filledIn(line));
        if (!parts.matches()) {
            fail("no row reads like this: " + line);
        }
        Raw.Answered answer = ask(parts);
        String all = answer.headers() + answer.body();
        assertThat(answer.status()).as("%s: %s", line, all).isEqualTo(Integer.parseInt(parts.group("status")));
        for (String expected : parts.group("expected").strip().split(" ", -1)) {
            Matcher take = TAKEN.matcher(expected);
            if (take.matches()) {
                taken.put(take.group(1), member(answer.body(), take.group(2)));
            } else if (expected.startsWith("!")) {
                assertThat(all).as(line).doesNotContain(spaced(expected.substring(1)));
            } else {
                assertThat(all.replace("cache-control=", "cache-control: "))
                        .as(line)
                        .contains(spaced(expected));
            }
        }
    }

    private Raw.Answered ask(Matcher parts) throws IOException {
        StringBuilder request = new StringBuilder();
        request.append(parts.group("method"))
                .append(" /v1/")
                .append(parts.group("path"))
                .append(" HTTP/1.1\r\n");
        request.append("Host: x\r\n");
        String caller = Objects.requireNonNullElse(parts.group("caller"), "root");
        if (!caller.equals("none")) {
            request.append("X-Vault-Token: ")
                    .append(Objects.requireNonNull(taken.get(caller), caller))
                    .append("\r\n");
        }
        for (String header : parts.group("headers").strip().split(" ", -1)) {
            request.append(header.isEmpty() ? "" : spaced(header).replaceFirst(":", ": ") + "\r\n");
        }
        String body = Objects.requireNonNullElse(parts.group("body"), "");
        request.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body);
        try (Raw raw = running.connect()) {
            raw.send(request.toString());
            return raw.answer();
        }
    }

    private String filledIn(String line) {
        return Pattern.compile("\\$\\{(\\w+)\\}")
                .matcher(line)
                .replaceAll(name -> Matcher.quoteReplacement(Objects.requireNonNull(taken.get(name.group(1)))));
    }

    private static String member(String body, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(body);
        assertThat(found.find()).as("%s in %s", name, body).isTrue();
        return found.group(1);
    }

    /// What a row cannot hold as it is.
    private static String spaced(String text) {
        return text.replace('~', ' ').replace("\\u0001", "\u0001").replace("\\u007f", "\u007f");
    }
}
