// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MountsTest {
    private static Mount mount(String path) {
        return new Mount(
                "uuid-" + path.hashCode(), path, "kv", "kv_0", Map.of(), false, false, MountSettings.plain(""));
    }

    private static Mounts of(List<String> paths) {
        return new Mounts(paths.stream()
                .map(path -> new Mounts.Served(mount(path), List::of))
                .toList());
    }

    private static String route(Mounts mounts, String path) {
        return mounts.route(path).map(served -> served.mount().path()).orElse("nowhere");
    }

    @Test
    void thePathsLongestBeginningIsItsMount() {
        Mounts mounts = of(List.of("a/", "b/c/", "auth/token/"));
        assertThat(route(mounts, "a/x/y")).isEqualTo("a/");
        assertThat(route(mounts, "a/")).isEqualTo("a/");
        assertThat(route(mounts, "a")).isEqualTo("a/");
        assertThat(route(mounts, "ab")).isEqualTo("nowhere");
        assertThat(route(mounts, "b")).isEqualTo("nowhere");
        assertThat(route(mounts, "b/c")).isEqualTo("b/c/");
        assertThat(route(mounts, "b/cd")).isEqualTo("nowhere");
        assertThat(route(mounts, "b/c/d")).isEqualTo("b/c/");
        assertThat(route(mounts, "auth/token/create")).isEqualTo("auth/token/");
        assertThat(route(mounts, "auth/x")).isEqualTo("nowhere");
        assertThat(route(mounts, "")).isEqualTo("nowhere");
        assertThat(route(mounts, "/")).isEqualTo("nowhere");
    }

    /// Against the plainest way to say it, with mounts in each other too.
    @Test
    void routesAndConflictsAreWhatAListSays() {
        long seed = new Random().nextLong();
        Random dice = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<String> paths = new ArrayList<>();
            for (int i = dice.nextInt(6); i >= 0; i--) {
                String path = path(dice) + "/";
                if (!paths.contains(path)) {
                    paths.add(path);
                }
            }
            Mounts mounts = of(paths);
            for (int i = 0; i < 20; i++) {
                String asked = path(dice) + (dice.nextBoolean() ? "/" : "");
                String expected = paths.stream()
                        .filter(mount -> asked.startsWith(mount) || (asked + "/").equals(mount))
                        .max(Comparator.comparingInt(String::length))
                        .orElse("nowhere");
                if (asked.endsWith("/") || paths.stream().noneMatch(asked::startsWith)) {
                    assertThat(route(mounts, asked))
                            .as("seed %d: %s of %s", seed, asked, paths)
                            .isEqualTo(expected);
                }
                String wanted = path(dice) + "/";
                assertThat(mounts.inTheWay(wanted).isPresent())
                        .as("seed %d: %s beside %s", seed, wanted, paths)
                        .isEqualTo(
                                paths.stream().anyMatch(mount -> mount.startsWith(wanted) || wanted.startsWith(mount)));
                assertThat(mounts.at(wanted).isPresent()).isEqualTo(paths.contains(wanted));
            }
            assertThat(mounts.all().stream().map(Mount::path).toList())
                    .isEqualTo(paths.stream().sorted().toList());
        }
    }

    private static String path(Random dice) {
        StringBuilder path = new StringBuilder();
        for (int i = dice.nextInt(4); i >= 0; i--) {
            path.append(path.isEmpty() ? "" : "/").append("ab".charAt(dice.nextInt(2)));
        }
        return path.toString();
    }

    @Test
    void whatIsInTheWayIsNamed() {
        Mounts mounts = of(List.of("a/b/"));
        assertThat(mounts.inTheWay("a/").map(Mount::path)).isEqualTo(Optional.of("a/b/"));
        assertThat(mounts.inTheWay("a/b/c/").map(Mount::path)).isEqualTo(Optional.of("a/b/"));
        assertThat(mounts.inTheWay("a/bb/")).isEmpty();
    }

    @Test
    void aMountsPathEndsInASlashAndDoesNotBeginWithOne() {
        for (String bad : List.of("a", "/a/", "", "/")) {
            assertThatThrownBy(() -> mount(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
