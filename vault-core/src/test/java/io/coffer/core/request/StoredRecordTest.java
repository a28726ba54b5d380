// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StoredRecordTest {
    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "a/b");

    private static StoredRecord open(String text) {
        return StoredRecord.open(KEY, new Plaintext(text.getBytes(StandardCharsets.UTF_8)), 1);
    }

    @Test
    void everyMemberIsReadOnceAndTheEndFindsNothing() {
        StoredRecord stored = open(
                "{\"v\":1,\"t\":\"a\\\"ä\",\"n\":-5,\"f\":true,\"ts\":[\"x\",\"\",\"]\\\\\"],\"ns\":[1,2],"
                        + "\"o\":{\"k\":[1.0,{}]},\"r\":{\"q\":\"}\\\"\",\"p\":[[]]},\"m\":{\"ä\\\"\":\"w\"},\"e\":[],\"em\":{}}");
        assertThat(stored.text("t")).isEqualTo("a\"ä");
        assertThat(stored.number("n")).isEqualTo(-5);
        assertThat(stored.flag("f")).isTrue();
        assertThat(stored.texts("ts")).containsExactly("x", "", "]\\");
        assertThat(stored.numbers("ns")).containsExactly(1L, 2L);
        assertThat(stored.object("o").get("k")).isEqualTo(new Json.Arr(List.of(new Json.Num("1.0"), Json.EMPTY)));
        assertThat(JsonText.write(stored.raw("r")))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"q\":\"}\\\"\",\"p\":[[]]}");
        assertThat(stored.textMap("m")).isEqualTo(Map.of("ä\"", "w"));
        assertThat(stored.texts("e")).isEmpty();
        assertThat(stored.textMap("em")).isEmpty();
        assertThat(stored.optionalText("none")).isEmpty();
        assertThat(stored.optionalNumber("none")).isEmpty();
        stored.end();
        assertThatThrownBy(() -> stored.text("t")).isInstanceOf(CorruptedException.class);
    }

    @Test
    void anotherFormIsRefusedByItsNumber() {
        assertThatThrownBy(() -> open("{\"v\":2,\"secret\":1}"))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("system:a/b")
                .hasMessageContaining("form 2");
        for (String text :
                new String[] {"{}", "{\"v\":\"1\"}", "{\"v\":1.0}", "{\"v\":}", "{\"v\":null}", "{\"v\":[1]}"}) {
            assertThatThrownBy(() -> open(text)).as(text).isInstanceOf(CorruptedException.class);
        }
    }

    @Test
    void whatIsLeftIsRefusedWithoutBeingNamed() {
        StoredRecord stored = open("{\"v\":1,\"hunter2\":\"hunter2\"}");
        assertThatThrownBy(stored::end)
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("1 unknown")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aMemberOfAnotherTypeIsRefused() {
        Map<String, List<Consumer<StoredRecord>>> wrong = Map.of(
                "\"x\"",
                        List.of(
                                r -> r.number("m"),
                                r -> r.flag("m"),
                                r -> r.texts("m"),
                                r -> r.object("m"),
                                r -> r.textMap("m")),
                "5", List.of(r -> r.text("m"), r -> r.flag("m"), r -> r.numbers("m"), r -> r.object("m")),
                "5.0", List.of(r -> r.number("m")),
                "true", List.of(r -> r.text("m"), r -> r.number("m")),
                "null", List.of(r -> r.text("m"), r -> r.object("m")),
                "[1]", List.of(r -> r.texts("m"), r -> r.object("m"), r -> r.text("m")),
                "[\"a\"]", List.of(r -> r.numbers("m")),
                "{\"a\":1}", List.of(r -> r.textMap("m"), r -> r.texts("m")),
                "\"\\q\"", List.of(r -> r.text("m")));
        wrong.forEach((value, reads) ->
                reads.forEach(read -> assertThatThrownBy(() -> read.accept(open("{\"v\":1,\"m\":" + value + "}")))
                        .as(value)
                        .isInstanceOf(CorruptedException.class)
                        .hasMessageContaining("system:a/b")
                        .hasMessageContaining(" m")));
    }

    @Test
    void slicesAreThoseOfATreeOfTheSameText() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Json first = JsonTextTest.tree(random, 4);
            Json second = JsonTextTest.tree(random, 4);
            byte[] text = JsonText.write(
                    Json.object().put("v", 1).put("a", first).put("b", second).build());
            StoredRecord stored = StoredRecord.open(KEY, new Plaintext(text), 1);
            assertThat(JsonText.write(stored.raw("b"))).as("seed %s", seed).isEqualTo(JsonText.write(second));
            assertThat(JsonText.write(stored.raw("a"))).as("seed %s", seed).isEqualTo(JsonText.write(first));
            stored.end();
        }
    }

    @Test
    void noBytesAreMoreThanRefused() {
        byte[] sound =
                "{\"v\":1,\"t\":\"a\\\"b\",\"n\":[1,2],\"o\":{\"k\":{\"q\":[\"}\"]}}}".getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] bent = sound.clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bent[random.nextInt(bent.length)] = (byte) random.nextInt(256);
            }
            try {
                StoredRecord stored = StoredRecord.open(KEY, new Plaintext(bent), 1);
                stored.text("t");
                stored.numbers("n");
                stored.object("o");
                stored.end();
            } catch (CorruptedException refused) {
                assertThat(refused).as("seed %s", seed).hasMessageContaining("system:a/b");
            }
        }
    }
}
