// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListRoutesTest {
    private final Harness kv = new Harness(new KvKind(), Map.of("version", "2"));

    @BeforeEach
    void aTree() {
        for (String path : new String[] {"t/a", "t/a/b", "t/a/b/c", "t/Z", "t/é", "t/a-b", "t/a.b", "top"}) {
            kv.put("data/" + path, "{\"data\":{}}");
        }
    }

    @Test
    void aListIsInByteOrderWithFoldersEndingInASlash() {
        String keys = "200 {\"keys\":[\"Z\",\"a\",\"a-b\",\"a.b\",\"a/\",\"é\"]}";
        assertThat(kv.list("metadata/t")).isEqualTo(keys);
        assertThat(kv.list("metadata/t/")).isEqualTo(keys);
        assertThat(kv.list("metadata/")).isEqualTo("200 {\"keys\":[\"t/\",\"top\"]}");
        assertThat(kv.list("metadata")).isEqualTo("200 {\"keys\":[\"t/\",\"top\"]}");
        assertThat(kv.list("metadata/t/a")).isEqualTo("200 {\"keys\":[\"b\",\"b/\"]}");
        assertThat(kv.list("metadata/none")).isEqualTo("404 []");
        assertThat(kv.list("metadata/top")).isEqualTo("404 []");
    }

    @Test
    void aListCanBeReadInParts() {
        assertThat(kv.list("metadata/t", "limit=2")).isEqualTo("200 {\"keys\":[\"Z\",\"a\"]}");
        assertThat(kv.list("metadata/t", "after=a", "limit=2")).isEqualTo("200 {\"keys\":[\"a-b\",\"a.b\"]}");
        assertThat(kv.list("metadata/t", "after=a.b")).isEqualTo("200 {\"keys\":[\"a/\",\"é\"]}");
        assertThat(kv.list("metadata/t", "after=a/")).isEqualTo("200 {\"keys\":[\"é\"]}");
        assertThat(kv.list("metadata/t", "after=b")).isEqualTo("200 {\"keys\":[\"é\"]}");
        assertThat(kv.list("metadata/t", "after=é")).isEqualTo("404 []");
        assertThat(kv.list("metadata/t", "after=", "limit=max")).contains("Z", "é");
        assertThat(kv.list("metadata/t", "limit=0")).contains("Z", "é");
        for (String bad :
                new String[] {"after=/", "after=a//b", "after=../x", "after=\u0000", "after=" + "x".repeat(5000)}) {
            assertThat(kv.list("metadata/t", bad)).isEqualTo("400 after must be an entry of the list");
            assertThat(kv.scan("metadata/t", bad)).isEqualTo("400 after must be an entry of the list");
        }
        assertThat(kv.list("metadata/t", "limit=-1")).startsWith("400 Field validation failed");
        assertThat(kv.list("metadata/t", "limit=x")).startsWith("400 Field validation failed");
    }

    @Test
    void aScanShowsAllBelow() {
        assertThat(kv.scan("metadata/t"))
                .isEqualTo("200 {\"keys\":[\"Z\",\"a\",\"a-b\",\"a.b\",\"a/b\",\"a/b/c\",\"é\"]}");
        assertThat(kv.scan("metadata/t", "after=a/b", "limit=1")).isEqualTo("200 {\"keys\":[\"a/b/c\"]}");
        assertThat(kv.scan("metadata/")).contains("\"t/Z\"", "\"top\"");
        assertThat(kv.scan("metadata/none")).isEqualTo("200 {}");
    }

    @Test
    void aDetailedListDescribesEachSecret() {
        String one = kv.get("metadata/t/a/b").substring(4);
        assertThat(kv.list("detailed-metadata/t/a"))
                .isEqualTo("200 {\"keys\":[\"b\",\"b/\"],\"key_info\":{\"b\":" + one + ",\"b/\":{}}}");
        String two = kv.get("metadata/t/a/b/c").substring(4);
        assertThat(kv.scan("detailed-metadata/t/a"))
                .isEqualTo("200 {\"keys\":[\"b\",\"b/c\"],\"key_info\":{\"b\":" + one + ",\"b/c\":" + two + "}}");
        assertThat(kv.list("detailed-metadata/")).contains("\"keys\":[\"t/\",\"top\"]", "\"t/\":{}");
        assertThat(kv.list("detailed-metadata/none")).isEqualTo("404 []");
        assertThat(kv.scan("detailed-metadata/none")).isEqualTo("200 {}");
        assertThat(kv.list("detailed-metadata/t", "limit=1")).contains("\"keys\":[\"Z\"]");
    }

    @Test
    void deletedSecretsAreListedAndErasedOnesAreNot() {
        kv.delete("data/t/Z");
        assertThat(kv.list("metadata/t")).contains("\"Z\"");
        kv.delete("metadata/t/Z");
        assertThat(kv.list("metadata/t")).doesNotContain("\"Z\"");
    }

    @Test
    void otherPathsTellWhatToDo() {
        String[][] cases = {
            {"get", kv.get("foo")},
            {"get", kv.get("foo/bar")},
            {"put", kv.put("foo", "{\"a\":1}")},
            {"patch", kv.patch("foo", "{}")},
            {"delete", kv.delete("foo")},
            {"list", kv.list("foo")},
            {"list", kv.list("")},
            {"scan", kv.scan("foo")},
            {"get", kv.get("")}
        };
        for (String[] each : cases) {
            assertThat(each[1])
                    .isEqualTo(
                            "404 null [Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate"
                                    + " API endpoints to use. If using the Coffer CLI, use 'coffer kv " + each[0]
                                    + "' for this operation.]");
        }
        for (String bare : new String[] {"data", "metadata", "delete", "undelete", "destroy"}) {
            String root = "404 null [Non-listing operations on the root of a K/V v2 mount are not supported.]";
            assertThat(kv.get(bare)).isEqualTo(root);
            assertThat(kv.put(bare, "{}")).isEqualTo(root);
            assertThat(kv.delete(bare)).isEqualTo(root);
        }
        for (String answer : new String[] {
            kv.get("delete/x"),
            kv.delete("destroy/x"),
            kv.list("data/x"),
            kv.patch("config", "{}"),
            kv.put("subkeys/x", "{}"),
            kv.get("detailed-metadata/x"),
            kv.list("data")
        }) {
            assertThat(answer).isEqualTo("405 unsupported operation");
        }
    }
}
