// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    @Test
    void everyCharacterComesBackAndNoneEndsTheLine() {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                text.appendCodePoint(c);
            }
            if ((c & 0xfff) == 0xfff) {
                check(text.toString(), "code points up to " + c);
                text.setLength(0);
            }
        }
    }

    @Test
    void randomTextsComeBack() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(3000);
            for (int i = 0; i < length; i++) {
                int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11000);
                text.appendCodePoint(Character.isBmpCodePoint(c) && Character.isSurrogate((char) c) ? 'x' : c);
            }
            check(text.toString(), "seed " + seed);
        }
    }

    @Test
    void halfASurrogatePairIsEscapedAndStaysAscii() {
        byte[] line = new LineWriter().string("a\ud800b\udc00").line();

        assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("\"a\\ud800b\\udc00\"");
    }

    @Test
    void cuttingForgets() {
        LineWriter out = new LineWriter().json("{}");
        out.string("x".repeat(5000));
        out.cut(2);

        assertThat(out.line()).asString().isEqualTo("{}");
    }

    private static void check(String text, String what) {
        byte[] line = new LineWriter().string(text).line();
        int controls = 0;
        for (byte b : line) {
            controls += b >= 0 && b < 0x20 ? 1 : 0;
        }
        assertThat(controls).as(what).isZero();
        assertThat(((Json.Str) JsonText.DEFAULT.parse(line)).value()).as(what).isEqualTo(text);
    }
}
