// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private final Values values = new Values(
            Map.of(
                    "text", Json.of("t"),
                    "number", Json.of(-7),
                    "flag", Json.of(true),
                    "texts", Json.of(List.of("a", "b")),
                    "numbers", new Json.Arr(List.of(Json.of(1), Json.of(2))),
                    "map", Json.object().put("k", "v").build()),
            Map.of());

    @Test
    void everyTypeIsReadAsItself() {
        assertThat(values.text("text")).hasValue("t");
        assertThat(values.captured("text")).isEqualTo("t");
        assertThat(values.number("number")).hasValue(-7);
        assertThat(values.duration("number")).hasValue(Duration.ofSeconds(-7));
        assertThat(values.flag("flag")).hasValue(true);
        assertThat(values.strings("texts")).hasValue(List.of("a", "b"));
        assertThat(values.numbers("numbers")).hasValue(List.of(1L, 2L));
        assertThat(values.textMap("map")).hasValue(Map.of("k", "v"));
        assertThat(values.object("map")).hasValue(Json.object().put("k", "v").build());
    }

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(values.has("none")).isFalse();
        assertThat(values.text("none")).isEmpty();
        assertThat(values.number("none")).isEmpty();
        assertThat(values.duration("none")).isEmpty();
        assertThat(values.flag("none")).isEmpty();
        assertThat(values.strings("none")).isEmpty();
        assertThat(values.numbers("none")).isEmpty();
        assertThat(values.textMap("none")).isEmpty();
        assertThat(values.secret("none")).isEmpty();
        assertThatThrownBy(() -> values.captured("none")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesArePrintedAndValuesAreNot() {
        try (Secret secret = Secret.takeFrom(new byte[] {1, 2, 3})) {
            Values printed = new Values(Map.of("password", Json.of("hunter2")), Map.of("key", secret));
            assertThat(printed.toString()).contains("password").doesNotContain("hunter2");
            assertThat(printed.secret("key")).hasValue(secret);
        }
    }
}
