// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathPatternTest {
    private static String match(String pattern, String path) {
        return PathPattern.of(pattern).match(path).map(Map::toString).orElse("no");
    }

    @Test
    void literalSegmentsMatchThemselves() {
        assertThat(match("a/b", "a/b")).isEqualTo("{}");
        assertThat(match("a/b", "a/b/")).isEqualTo("{}");
        for (String other : new String[] {"", "a", "a/", "a/bb", "a/b/c", "aa/b", "A/b", "b/a", "ab"}) {
            assertThat(match("a/b", other)).as(other).isEqualTo("no");
        }
        assertThat(match("", "")).isEqualTo("{}");
        assertThat(match("", "a")).isEqualTo("no");
    }

    @Test
    void aNameTakesOneSegment() {
        assertThat(match(":x", "a")).isEqualTo("{x=a}");
        assertThat(match(":x", "a/")).isEqualTo("{x=a}");
        assertThat(match("a/:x/c/:y", "a/b/c/d e")).isEqualTo("{x=b, y=d e}");
        for (String other : new String[] {"", "a/b"}) {
            assertThat(match(":x", other)).as(other).isEqualTo("no");
        }
        assertThat(match("a/:x", "a")).isEqualTo("no");
        assertThat(match("a/:x", "a/")).isEqualTo("no");
    }

    @Test
    void theRestTakesAllThatRemainsOrNothing() {
        assertThat(match(":p*", "")).isEqualTo("{p=}");
        assertThat(match(":p*", "a/b/c")).isEqualTo("{p=a/b/c}");
        assertThat(match(":p*", "a/b/")).isEqualTo("{p=a/b}");
        assertThat(match("data/:p*", "data")).isEqualTo("{p=}");
        assertThat(match("data/:p*", "data/")).isEqualTo("{p=}");
        assertThat(match("data/:p*", "data/a/b")).isEqualTo("{p=a/b}");
        assertThat(match("data/:p*", "database/a")).isEqualTo("no");
        assertThat(match("data/:p*", "")).isEqualTo("no");
        assertThat(match("a/:x/:p*", "a/b")).isEqualTo("{x=b, p=}");
        assertThat(match("a/:x/:p*", "a")).isEqualTo("no");
    }

    @Test
    void literalSegmentsMayFollowTheRest() {
        assertThat(match("mounts/:p*/tune", "mounts/a/tune")).isEqualTo("{p=a}");
        assertThat(match("mounts/:p*/tune", "mounts/a/b/tune/")).isEqualTo("{p=a/b}");
        assertThat(match("mounts/:p*/tune", "mounts/tune/tune")).isEqualTo("{p=tune}");
        for (String other :
                new String[] {"mounts", "mounts/a", "mounts/a/tun", "mounts/atune", "mounts/a/tune/b", "tune"}) {
            assertThat(match("mounts/:p*/tune", other)).as(other).isEqualTo("no");
        }
    }

    @Test
    void aPatternThatMeansNothingIsRefused() {
        for (String bad : new String[] {"/", "a/", "/a", "a//b", ":p*/:a", ":p*/a/:q*"}) {
            assertThatThrownBy(() -> PathPattern.of(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(PathPattern.of("a/:x/:p*").captures()).containsExactly("x", "p");
        assertThat(PathPattern.of("a/:x/:p*")).hasToString("a/:x/:p*");
    }
}
