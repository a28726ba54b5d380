// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Harness;
import io.coffer.core.engine.SecretPath;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnversionedEngineTest {
    private final Harness kv = new Harness(new KvKind(), Map.of());

    @Test
    void theBodyIsStoredWholeAndReplaced() {
        String data =
                "{\"z\":1.0,\"a\":[12345678901234567890,{\"x\":1e3}],\"n\":null,\"path\":\"p\",\"data\":{},\"v\":2}";
        assertThat(kv.put("a/b", data)).isEqualTo("204");
        assertThat(kv.get("a/b")).isEqualTo("200 " + data + " lease 2764800");
        kv.put("a/b", "{\"x\":\"y\"}");
        assertThat(kv.get("a/b")).isEqualTo("200 {\"x\":\"y\"} lease 2764800");
    }

    @Test
    void aTtlOfTheValueIsItsLease() {
        String[][] cases = {
            {"{\"ttl\":\"1h\"}", "3600"},
            {"{\"ttl\":60}", "60"},
            {"{\"lease\":\"7d\"}", "604800"},
            {"{\"ttl\":\"2m\",\"lease\":\"7d\"}", "120"},
            {"{\"ttl\":\"x\",\"lease\":\"7d\"}", "2764800"},
            {"{\"ttl\":\"-1h\"}", "2764800"},
            {"{\"ttl\":null}", "2764800"},
            {"{\"ttl\":true}", "2764800"},
            {"{\"ttl\":[1]}", "2764800"},
            {"{\"ttl\":1.5}", "2764800"},
            {"{\"x\":1}", "2764800"}
        };
        for (String[] each : cases) {
            kv.put("t", each[0]);
            assertThat(kv.get("t")).isEqualTo("200 " + each[0] + " lease " + each[1]);
        }
        kv.put("t", "{\"ttl\":0}");
        assertThat(kv.get("t")).isEqualTo("200 {\"ttl\":0}");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(kv.get("none")).isEqualTo("404 []");
        assertThat(kv.list("none")).isEqualTo("404 []");
        assertThat(kv.list("")).isEqualTo("404 []");
        assertThat(kv.scan("")).isEqualTo("200 {}");
        assertThat(kv.delete("none")).isEqualTo("204");
        assertThat(kv.get("")).isEqualTo("404 []");
    }

    @Test
    void anEmptyWriteIsRefused() {
        assertThat(kv.put("x", "")).isEqualTo("400 missing data fields");
        assertThat(kv.put("x", "{}")).isEqualTo("400 missing data fields");
        assertThat(kv.put("", "{\"a\":1}")).isEqualTo("400 missing path");
        assertThat(kv.store().keys()).isEmpty();
    }

    @Test
    void aPatchIsNoOperationOfVersionOne() {
        assertThat(kv.patch("x", "{}")).startsWith("405");
    }

    @Test
    void aSecretAndAFolderOfOneNameStandSideBySide() {
        kv.put("a", "{\"i\":1}");
        kv.put("a/b", "{\"i\":2}");
        kv.put("unversioned", "{\"i\":3}");
        assertThat(kv.list("")).isEqualTo("200 {\"keys\":[\"a\",\"a/\",\"unversioned\"]}");
        assertThat(kv.list("a")).isEqualTo("200 {\"keys\":[\"b\"]}");
        assertThat(kv.scan("")).isEqualTo("200 {\"keys\":[\"a\",\"a/b\",\"unversioned\"]}");
        kv.delete("a");
        assertThat(kv.get("a")).isEqualTo("404 []");
        assertThat(kv.get("a/b")).startsWith("200 {\"i\":2}");
        assertThat(kv.get("a/b/")).isEqualTo("404 []");
        assertThat(kv.delete("a/b/")).startsWith("400");
        assertThat(kv.get("unversioned")).startsWith("200 {\"i\":3}");
    }

    @Test
    void existenceIsThatOfTheValue() {
        assertThat(kv.exists("x")).isFalse();
        kv.put("x", "{\"a\":1}");
        assertThat(kv.exists("x")).isTrue();
        assertThat(kv.exists("x/")).isFalse();
        assertThat(kv.exists("y".repeat(4_000))).isFalse();
    }

    @Test
    void aPathThatNoStorageKeyCanHoldIsRefused() {
        assertThat(kv.put("x".repeat(SecretPath.LONGEST), "{\"a\":1}")).isEqualTo("204");
        String path = "x".repeat(SecretPath.LONGEST + 1);
        assertThat(kv.put(path, "{\"a\":1}")).startsWith("400 the path is longer");
        assertThat(kv.get(path)).startsWith("400 the path is longer");
        assertThat(kv.delete(path)).startsWith("400 the path is longer");
        assertThat(kv.list(path)).startsWith("400 the path is longer");
        assertThat(kv.scan(path)).startsWith("400 the path is longer");
    }

    @Test
    void aMountWithLeasesGrantsWhatItReads() {
        kv.options(Map.of("leased_passthrough", "true"));
        assertThat(kv.put("x", "{\"a\":1,\"ttl\":\"1h\"}")).isEqualTo("204");
        assertThat(kv.get("x")).startsWith("Granted[grant=Lease[").contains("ttl=PT1H", "renewable=true");
        assertThat(kv.list("")).isEqualTo("200 {\"keys\":[\"x\"]}");
        assertThat(kv.patch("x", "{}")).startsWith("405");
    }

    @Test
    void optionsThatMakeNoMountAreRefused() {
        KvKind kind = new KvKind();
        Optional<Map<String, String>> none = Optional.empty();
        for (Map<String, String> fine : java.util.List.<Map<String, String>>of(
                Map.of(),
                Map.of("version", "1"),
                Map.of("version", "2"),
                Map.of("leased_passthrough", "true"),
                Map.of("version", "2", "leased_passthrough", "true"))) {
            assertThat(kind.refusal(none, fine)).isEmpty();
        }
        assertThat(kind.refusal(none, Map.of("version", "3")))
                .hasValueSatisfying(text -> assertThat(text).contains("\"1\" or \"2\""));
        assertThat(kind.refusal(Optional.of(Map.of("version", "1")), Map.of("version", "2")))
                .isEmpty();
        assertThat(kind.refusal(Optional.of(Map.of("version", "2")), Map.of("version", "1")))
                .hasValueSatisfying(text -> assertThat(text).startsWith("cannot downgrade mount from version 2"));
        assertThat(kind.refusal(Optional.of(Map.of("version", "2")), Map.of())).isPresent();
    }
}
