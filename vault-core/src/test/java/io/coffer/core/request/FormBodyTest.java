// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormBodyTest {
    private static String parse(String form) {
        Json.Obj fields = FormBody.parse(form.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
        return new String(JsonText.write(fields), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsAreTextAndRepeatsAreJoined() {
        assertThat(parse("a=1&a=2&b=x%20y")).isEqualTo("{\"a\":\"1,2\",\"b\":\"x y\"}");
        assertThat(parse("a=x+y&b=%2B&c=%C3%A4%f0%9f%98%80")).isEqualTo("{\"a\":\"x y\",\"b\":\"+\",\"c\":\"ä😀\"}");
        assertThat(parse("a&b=&c==d=e&%61=2")).isEqualTo("{\"a\":\",2\",\"b\":\"\",\"c\":\"=d=e\"}");
        assertThat(parse("&&a=1&&")).isEqualTo("{\"a\":\"1\"}");
        assertThat(parse("ä=ö")).isEqualTo("{\"ä\":\"ö\"}");
        assertThat(parse("")).isEqualTo("{}");
    }

    @Test
    void whatIsNoFormIsRefused() {
        for (String form : new String[] {
            "=x",
            "&=",
            "%",
            "a=%",
            "a=%4",
            "a=%g0",
            "a=%0g",
            "a=%-1",
            "a=%+1",
            "a=%c3",
            "%ff=x",
            "a=%ed%a0%80",
            "a;b=1",
            "a=1;b=2",
            "a=x y",
            "a=\u0000",
            "a=1\n",
            "a=%٣٣"
        }) {
            assertThatThrownBy(() -> parse(form))
                    .as(form)
                    .isInstanceOfSatisfying(
                            JsonException.class, e -> assertThat(e.overLimit()).isFalse())
                    .hasMessageStartingWith("invalid form body: ");
        }
        assertThatThrownBy(() -> FormBody.parse(new byte[] {'a', '=', (byte) 0xff}, JsonLimits.DEFAULT))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void theLimitsAreThoseOfJson() {
        JsonLimits limits = new JsonLimits(1, 5, 6, 1, 6);
        for (String fine : new String[] {"a=1&b=2&c=3", "a=12345", "abcde=1", "a=12&a=34", "a=%C3%A4%C3%A4a"}) {
            FormBody.parse(fine.getBytes(StandardCharsets.UTF_8), limits);
        }
        for (String much :
                new String[] {"a=1&b=2&c=3&d=4", "a=123456", "abcdef=1", "a=12&a=345", "a=%C3%A4%C3%A4%C3%A4"}) {
            assertThatThrownBy(() -> FormBody.parse(much.getBytes(StandardCharsets.UTF_8), limits))
                    .as(much)
                    .isInstanceOfSatisfying(
                            JsonException.class, e -> assertThat(e.overLimit()).isTrue());
        }
    }

    @Test
    void whatABrowserEncodesComesBack() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(10); i > 0; i--) {
                text.appendCodePoint(random.nextBoolean() ? random.nextInt(0x80) : 0x1f600 + random.nextInt(50));
            }
            String form = "f=" + URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
            assertThat(FormBody.parse(form.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT)
                            .get("f"))
                    .as("seed %s", seed)
                    .isEqualTo(new Json.Str(text.toString()));
        }
    }
}
