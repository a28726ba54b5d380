// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.cubbyhole;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import io.coffer.core.engine.Harness;
import io.coffer.core.engine.SecretPath;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CubbyholeEngineTest {
    private final Harness cubbyhole = new Harness(mount -> new CubbyholeEngine(), Map.of());

    @Test
    void aTokenReadsWhatItWrote() {
        assertThat(cubbyhole.put("a/b", "{\"v\":1.0,\"ttl\":\"1h\"}")).isEqualTo("204");
        assertThat(cubbyhole.get("a/b")).isEqualTo("200 {\"v\":1.0,\"ttl\":\"1h\"}");
        assertThat(cubbyhole.list("")).isEqualTo("200 {\"keys\":[\"a/\"]}");
        assertThat(cubbyhole.list("a")).isEqualTo("200 {\"keys\":[\"b\"]}");
        assertThat(cubbyhole.scan("")).isEqualTo("200 {\"keys\":[\"a/b\"]}");
        assertThat(cubbyhole.exists("a/b")).isTrue();
        assertThat(cubbyhole.delete("a/b")).isEqualTo("204");
        assertThat(cubbyhole.delete("a/b")).isEqualTo("204");
        assertThat(cubbyhole.get("a/b")).isEqualTo("404 []");
        assertThat(cubbyhole.list("")).isEqualTo("404 []");
        assertThat(cubbyhole.exists("a/b")).isFalse();
    }

    @Test
    void nobodyReadsWhatAnotherWrote() {
        cubbyhole.caller("one").put("a", "{\"v\":1}");
        cubbyhole.caller("two").put("b", "{\"v\":2}");
        assertThat(cubbyhole.get("a")).isEqualTo("404 []");
        assertThat(cubbyhole.get("one/a")).isEqualTo("404 []");
        assertThat(cubbyhole.list("")).isEqualTo("200 {\"keys\":[\"b\"]}");
        assertThat(cubbyhole.exists("a")).isFalse();
        cubbyhole.delete("a");
        assertThat(cubbyhole.caller("one").get("a")).isEqualTo("200 {\"v\":1}");
    }

    @Test
    void aCallerWithoutANameHasNone() {
        cubbyhole.caller("");
        for (String answer : new String[] {
            cubbyhole.get("a"),
            cubbyhole.put("a", "{\"v\":1}"),
            cubbyhole.delete("a"),
            cubbyhole.list(""),
            cubbyhole.scan("")
        }) {
            assertThat(answer).isEqualTo("400 cubbyhole operations are only supported by 'service' type tokens");
        }
        assertThat(cubbyhole.exists("a")).isFalse();
        assertThat(cubbyhole.store().keys()).isEmpty();
    }

    @Test
    void anEmptyWriteIsRefused() {
        assertThat(cubbyhole.put("a", "{}")).isEqualTo("500 1 error occurred:\n\t* missing data fields\n\n");
        assertThat(cubbyhole.put("", "{\"v\":1}")).isEqualTo("400 missing path");
        assertThat(cubbyhole.put("x".repeat(SecretPath.LONGEST), "{\"v\":1}")).isEqualTo("204");
        assertThat(cubbyhole.put("x".repeat(SecretPath.LONGEST + 1), "{\"v\":1}"))
                .startsWith("400 the path is longer");
    }

    @Test
    void aFolderIsWipedInBoundedSteps() {
        cubbyhole.caller("two").put("keep", "{\"v\":1}");
        cubbyhole.caller("one");
        for (int i = 0; i < CubbyholeEngine.STEP + 5; i++) {
            cubbyhole.put("f/" + i, "{\"v\":1}");
        }
        var mount = cubbyhole.mount().folder();
        assertThat(CubbyholeEngine.wipe(cubbyhole.store(), mount, "one")).isTrue();
        assertThat(cubbyhole.store().keys()).hasSize(6);
        assertThat(CubbyholeEngine.wipe(cubbyhole.store(), mount, "one")).isFalse();
        assertThat(CubbyholeEngine.wipe(cubbyhole.store(), mount, "one")).isFalse();
        assertThat(cubbyhole.store().keys()).hasSize(1);
        assertThat(cubbyhole.caller("two").get("keep")).startsWith("200");
    }

    @Test
    void theRecordIsTheGoldenOne() {
        Golden.of("cubbyhole/record-1.json").holds(CubbyholeRecord::read, CubbyholeRecord::write);
    }
}
