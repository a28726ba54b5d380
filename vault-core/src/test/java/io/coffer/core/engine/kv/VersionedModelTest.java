// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Any order of requests against what a simple model says.
class VersionedModelTest {
    private static final String[] PATHS = {"a", "a/b", "a/b/c", "a-b", "a.b", "Z", "é", "a/1", "b"};

    /// One version of the model: its value, and whether it is deleted or destroyed.
    private static final class Version {
        final int value;
        boolean deleted;
        boolean destroyed;

        Version(int value) {
            this.value = value;
        }
    }

    private static final class Secret {
        final TreeMap<Integer, Version> versions = new TreeMap<>();
        int current;
    }

    private final Harness kv = new Harness(new KvKind(), Map.of("version", "2"));
    private final TreeMap<byte[], Secret> model = new TreeMap<>(Arrays::compareUnsigned);

    @Test
    void everyAnswerIsTheModels() {
        kv.put("config", "{\"max_versions\":3}");
        for (long seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            for (int step = 0; step < 120; step++) {
                act(random, "seed " + seed + ", step " + step);
            }
            for (String path : PATHS) {
                erase(path);
            }
            assertThat(kv.store().keys()).as("seed %s", seed).hasSize(1);
        }
    }

    private void act(Random random, String what) {
        String path = PATHS[random.nextInt(PATHS.length)];
        int version = random.nextInt(6);
        switch (random.nextInt(8)) {
            case 0, 1 -> write(path, random.nextInt(), what);
            case 2 -> checked(path, random.nextInt(4), random.nextInt(), what);
            case 3 -> mark(path, version, "delete");
            case 4 -> mark(path, version, "undelete");
            case 5 -> mark(path, version, "destroy");
            case 6 -> {
                if (random.nextInt(4) == 0) {
                    erase(path);
                }
            }
            default -> deleteNewest(path);
        }
        assertThat(read(path, version)).as(what).isEqualTo(expected(path, version));
        assertThat(kv.scan("metadata/")).as(what).isEqualTo(expectedScan());
        assertThat(kv.list("metadata/")).as(what).isEqualTo(expectedList());
    }

    private void write(String path, int value, String what) {
        assertThat(kv.put("data/" + path, "{\"data\":{\"i\":" + value + "}}"))
                .as(what)
                .startsWith("200");
        add(path, value);
    }

    private void checked(String path, int cas, int value, String what) {
        String answer = kv.put("data/" + path, "{\"data\":{\"i\":" + value + "},\"options\":{\"cas\":" + cas + "}}");
        int current = model.containsKey(bytes(path)) ? model.get(bytes(path)).current : 0;
        assertThat(answer).as(what).startsWith(cas == current ? "200" : "400 check-and-set");
        if (cas == current) {
            add(path, value);
        }
    }

    private void add(String path, int value) {
        Secret secret = model.computeIfAbsent(bytes(path), name -> new Secret());
        secret.versions.put(++secret.current, new Version(value));
        while (secret.versions.size() > 3) {
            secret.versions.pollFirstEntry();
        }
    }

    private void mark(String path, int version, String how) {
        kv.put(how + "/" + path, "{\"versions\":[" + version + "]}");
        Secret secret = model.get(bytes(path));
        Version found = secret == null ? null : secret.versions.get(version);
        if (found != null && !found.destroyed) {
            found.deleted = how.equals("delete") || how.equals("destroy") && found.deleted;
            found.destroyed = how.equals("destroy");
        }
    }

    private void deleteNewest(String path) {
        assertThat(kv.delete("data/" + path)).isEqualTo("204");
        Secret secret = model.get(bytes(path));
        if (secret != null && !secret.versions.lastEntry().getValue().destroyed) {
            secret.versions.lastEntry().getValue().deleted = true;
        }
    }

    private void erase(String path) {
        assertThat(kv.delete("metadata/" + path)).isEqualTo("204");
        model.remove(bytes(path));
    }

    private String read(String path, int version) {
        String answer = kv.get("data/" + path, "version=" + version);
        return answer.startsWith("200") ? answer.substring(0, answer.indexOf(',')) : answer.substring(0, 5);
    }

    private String expected(String path, int version) {
        Secret secret = model.get(bytes(path));
        Version found = secret == null ? null : secret.versions.get(version == 0 ? secret.current : version);
        if (found == null) {
            return "404 [";
        }
        return found.deleted || found.destroyed ? "404 {" : "200 {\"data\":{\"i\":" + found.value + "}";
    }

    private String expectedScan() {
        return model.isEmpty() ? "200 {}" : "200 " + keys(paths());
    }

    private String expectedList() {
        TreeSet<byte[]> names = new TreeSet<>(Arrays::compareUnsigned);
        for (String path : paths()) {
            names.add(bytes(path.contains("/") ? path.substring(0, path.indexOf('/') + 1) : path));
        }
        return names.isEmpty()
                ? "404 []"
                : "200 "
                        + keys(names.stream()
                                .map(name -> new String(name, StandardCharsets.UTF_8))
                                .toList());
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        model.keySet().forEach(name -> paths.add(new String(name, StandardCharsets.UTF_8)));
        return paths;
    }

    private static String keys(List<String> names) {
        return "{\"keys\":[\"" + String.join("\",\"", names) + "\"]}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
