// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestPathTest {
    @Test
    void ordinaryPathsAreCanonical() {
        for (String path : new String[] {
            "",
            "a",
            "a/b",
            "a/b/",
            "secret/http:/x",
            "['p']",
            "a b",
            "ä/😀/日本",
            "...",
            "..a",
            "a..",
            ".a/b.",
            "a%2fb",
            "\\",
            "a?b#c",
            "~",
            "é",
            "é"
        }) {
            assertThat(RequestPath.refusal(path)).as(path).isEmpty();
            assertThat(new RequestPath(path).value()).isEqualTo(path);
        }
    }

    @Test
    void pathsWithASecondNameAreRefused() {
        String[][] cases = {
            {"/", "empty segment"},
            {"/a", "empty segment"},
            {"a//b", "empty segment"},
            {"a//", "empty segment"},
            {".", "relative"},
            {"..", "relative"},
            {"a/../b", "relative"},
            {"a/.", "relative"},
            {"./a", "relative"},
            {"a/..", "relative"},
            {"a/../", "relative"},
            {"a\u0000b", "not printable"},
            {"a\nb", "not printable"},
            {"a\u007f", "not printable"},
            {"a\u0085", "not printable"},
            {"a\u00a0b", "not printable"},
            {"a\u200bb", "not printable"},
            {"a\u202eb", "not printable"},
            {"a\u2028b", "not printable"},
            {"\ufeffa", "not printable"},
            {"a\ue000", "not printable"},
            {"a\ud800", "not printable"},
            {"a\udc00b", "not printable"},
            {"a\u3000b", "not printable"}
        };
        for (String[] each : cases) {
            assertThat(RequestPath.refusal(each[0])).as(each[0]).contains(each[1]);
            assertThatThrownBy(() -> new RequestPath(each[0])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theLengthIsThatInUtf8() {
        assertThat(RequestPath.refusal("x".repeat(4096))).isEmpty();
        assertThat(RequestPath.refusal("x".repeat(4097))).contains("longer");
        assertThat(RequestPath.refusal("ä".repeat(2048))).isEmpty();
        assertThat(RequestPath.refusal("ä".repeat(2048) + "x")).contains("longer");
        assertThat(RequestPath.refusal("😀".repeat(1024))).isEmpty();
        assertThat(RequestPath.refusal("😀".repeat(1024) + "x")).contains("longer");
    }

    @Test
    void aPathAsksForAFolderByItsEnd() {
        assertThat(new RequestPath("a/b").isFolder()).isFalse();
        assertThat(new RequestPath("a/b").asFolder()).isEqualTo(new RequestPath("a/b/"));
        assertThat(new RequestPath("a/b/").asFolder()).isEqualTo(new RequestPath("a/b/"));
        assertThat(new RequestPath("").asFolder()).isEqualTo(new RequestPath(""));
        assertThat(new RequestPath("a/b/").isFolder()).isTrue();
    }
}
