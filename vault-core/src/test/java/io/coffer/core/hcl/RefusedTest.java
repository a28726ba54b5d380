// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is not HCL, the place that the error names and a word of it.
class RefusedTest {
    private record Bad(String text, int line, int column, String word) {}

    private static final Bad[] BAD = {
        new Bad("a", 1, 2, "'='"),
        new Bad("a =", 1, 4, "a value"),
        new Bad("a = debug", 1, 5, "double quotes"),
        new Bad("a = True", 1, 5, "double quotes"),
        new Bad("a = null", 1, 5, "double quotes"),
        new Bad("a = \"x", 1, 5, "not closed"),
        new Bad("a = \"x\ny\"", 1, 5, "not closed"),
        new Bad("a = \"x\\", 1, 8, "backslash"),
        new Bad("a = \"\\x41\"", 1, 7, "unknown escape"),
        new Bad("a = \"\\/\"", 1, 7, "unknown escape"),
        new Bad("a = \"\\u12\"", 1, 10, "hexadecimal"),
        new Bad("a = \"\\u0000\"", 1, 7, "NUL"),
        new Bad("a = \"\\ud800\"", 1, 7, "no character"),
        new Bad("a = \"\\U00110000\"", 1, 7, "no character"),
        new Bad("a = \"\\UFFFFFFFF\"", 1, 7, "no character"),
        new Bad("a = \"${x}\"", 1, 6, "interpolation"),
        new Bad("a = \"$${x}\"", 1, 7, "interpolation"),
        new Bad("a = <<E\n${x}\nE", 2, 1, "interpolation"),
        new Bad("a = 'x'", 1, 5, "'''"),
        new Bad("a = `x`", 1, 5, "a value"),
        new Bad("a = 0600", 1, 5, "leading zero"),
        new Bad("a = 00", 1, 5, "leading zero"),
        new Bad("a = 0x10", 1, 5, "text after it"),
        new Bad("a = 12h", 1, 5, "text after it"),
        new Bad("a = 1.", 1, 7, "a digit"),
        new Bad("a = .5", 1, 5, "a value"),
        new Bad("a = -", 1, 6, "a digit"),
        new Bad("a = +1", 1, 5, "a value"),
        new Bad("a = 1.2.3", 1, 5, "text after it"),
        new Bad("a = 1e100", 1, 5, "exponent"),
        new Bad("a = 1e99999999999", 1, 5, "exponent"),
        new Bad("a = 9223372036854775808", 1, 5, "64 bits"),
        new Bad("a = 1.00000000000000000000000000000000000000000", 1, 5, "digits"),
        new Bad("a = 1\n}", 2, 1, "a name"),
        new Bad("a = 1,", 1, 6, "a blank"),
        new Bad("a = \"x\"b = 1", 1, 8, "a blank"),
        new Bad("a { b = \"x\"c = 1 }", 1, 12, "a blank"),
        new Bad("a = 1 = 2", 1, 7, "a name"),
        new Bad("a { b = 1", 1, 3, "not closed"),
        new Bad("a {\n b {\n }\n", 1, 3, "not closed"),
        new Bad("a { b = 1,, c = 2 }", 1, 11, "a name"),
        new Bad("a { , }", 1, 5, "a name"),
        new Bad("a = { b = 1", 1, 5, "not closed"),
        new Bad("a = [1", 1, 5, "not closed"),
        new Bad("a = [1,", 1, 5, "not closed"),
        new Bad("a = [1 2]", 1, 8, "','"),
        new Bad("a = [,]", 1, 6, "a value"),
        new Bad("a = [1,,2]", 1, 8, "a value"),
        new Bad("a = [1}", 1, 7, "','"),
        new Bad("a \"x\" = 1", 1, 7, "'{'"),
        new Bad("a b {}", 1, 3, "quoted label"),
        new Bad("a \"x\" b {}", 1, 7, "'{'"),
        new Bad("a = 1 /* x", 1, 7, "not closed"),
        new Bad("a /* /* */ */ = 1", 1, 12, "'='"),
        new Bad("/ a = 1", 1, 1, "a name"),
        new Bad("a: 1", 1, 2, "':'"),
        new Bad("1 = 2", 1, 1, "a name"),
        new Bad("ä = 2", 1, 1, "a name"),
        new Bad("a = <<EOF\nx", 1, 5, "not closed"),
        new Bad("a = <<EOF\nx\nEOF x", 1, 5, "not closed"),
        new Bad("a = <<EOF x\nEOF", 1, 10, "the end of the line"),
        new Bad("a = <<\nEOF", 1, 7, "marker"),
        new Bad("a = << EOF\nEOF", 1, 7, "marker"),
        new Bad("a = <<\"EOF\"\nEOF", 1, 7, "marker"),
        new Bad("a = <<EOF\nx\n EOF", 3, 1, "<<-EOF"),
        new Bad("a = <<-EOF\nx\n EOF", 2, 1, "indented less"),
        new Bad("a = 1\n\u0000", 2, 1, "U+0000"),
        new Bad("a = \"\u0007\"", 1, 6, "U+0007"),
        new Bad("# \u0001", 1, 3, "U+0001"),
        new Bad("\uFEFFa = 1", 1, 1, "U+FEFF"),
        new Bad("a = \"x\u202Ey\"", 1, 7, "U+202E"),
        new Bad("a = \"x\u2028y\"", 1, 7, "U+2028"),
        new Bad("a = \"\u0085\"", 1, 6, "U+0085"),
        new Bad("a = 1\rb = 2", 1, 6, "carriage return"),
        new Bad("a = \"\ud800\"", 1, 6, "half a character"),
        new Bad("a =\u00a01", 1, 4, "a value"),
        new Bad("{\"a\": 1", 1, 1, "not closed"),
        new Bad("{\"a\": [1", 1, 7, "not closed"),
        new Bad("{\"a\": 1,}", 1, 9, "a name"),
        new Bad("{\"a\": [1,]}", 1, 10, "a value"),
        new Bad("{\"a\": 1, \"a\": 2}", 1, 10, "`a` stands twice"),
        new Bad("{\"a\": 1, \"\\u0061\": 2}", 1, 10, "`a` stands twice"),
        new Bad("{\"a\": {\"b\": 1,\n \"b\": 2}}", 2, 2, "`b` stands twice"),
        new Bad("{\"a\": null}", 1, 7, "found null"),
        new Bad("{\"a\": 01}", 1, 7, "leading zero"),
        new Bad("{\"a\": truth}", 1, 7, "double quotes"),
        new Bad("{\"a\": NaN}", 1, 7, "double quotes"),
        new Bad("{a: 1}", 1, 2, "a name"),
        new Bad("{\"a\" = 1}", 1, 6, "':'"),
        new Bad("{\"a\": 1} x", 1, 10, "the end"),
        new Bad("{\"a\": 1}{}", 1, 9, "the end"),
        new Bad("{\"a\": 1 \"b\": 2}", 1, 9, "','"),
        new Bad("{\"a\": 1 // x\n}", 1, 9, "','"),
        new Bad("{\"a\": \"\\U00000041\"}", 1, 9, "unknown escape"),
        new Bad("{\"a\": \"\\ud800x\"}", 1, 9, "half a character"),
        new Bad("{\"a\": \"\\ud800\\u0041\"}", 1, 9, "half a character"),
        new Bad("{\"a\": \"\\udc00\"}", 1, 9, "no character"),
        new Bad("{\"a\": \"\\u0000\"}", 1, 9, "NUL"),
        new Bad("{\"a\": \"x\ty\"}", 1, 9, "tab"),
        new Bad("{\"a\": \"${x}\"}", 1, 8, "interpolation"),
        new Bad("{\"a\": 'x'}", 1, 7, "a value"),
        new Bad("{]", 1, 2, "a name"),
    };

    @TestFactory
    Stream<DynamicTest> everythingElseIsRefusedWithItsPlace() {
        return Stream.of(BAD).map(bad -> DynamicTest.dynamicTest(bad.text(), () -> check(bad)));
    }

    private static void check(Bad bad) {
        HclException refusal = catchThrowableOfType(HclException.class, () -> Samples.parse(bad.text()));
        assertThat(refusal).as(bad.text()).isNotNull();
        assertThat(refusal.position()).as(refusal.getMessage()).isEqualTo(new Position(bad.line(), bad.column()));
        assertThat(refusal.problem()).contains(bad.word()).hasSizeLessThan(200);
        assertThat(refusal.getMessage()).isEqualTo(refusal.position() + ": " + refusal.problem());
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
        byte[][] bad = {
            {'a', '\n', 'b', (byte) 0xff},
            {'a', '\n', 'b', (byte) 0xc0, (byte) 0x80},
            {'a', '\n', 'b', (byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {'a', '\n', 'b', (byte) 0xc3}
        };
        for (byte[] bytes : bad) {
            HclException refusal = catchThrowableOfType(HclException.class, () -> Hcl.parse(bytes, HclLimits.DEFAULT));
            assertThat(refusal.position()).isEqualTo(new Position(2, 2));
            assertThat(refusal.problem()).contains("UTF-8");
        }
    }

    @Test
    void noErrorRepeatsAValueOrALongName() {
        String secret = "hvs_supersecret";
        for (String text : new String[] {
            "a = " + secret, "a = \"" + secret, "a = [" + secret + "]", "{\"a\": " + secret + "}", "a = <<X\n" + secret,
            "a = \"" + secret + "\" \"" + secret + "\"", "a = " + "1".repeat(50), "a \"" + secret + "\" = 1",
                    "\"" + secret + "\"", "{\"" + secret + "\"}"
        }) {
            HclException refusal = catchThrowableOfType(HclException.class, () -> Samples.parse(text));
            assertThat(refusal.getMessage()).doesNotContain(secret).doesNotContain("1111111111");
        }
        HclException refusal =
                catchThrowableOfType(HclException.class, () -> Samples.parse("n".repeat(100_000) + " ? 1"));
        assertThat(refusal.getMessage()).hasSizeLessThan(200);
    }

    @Test
    void aTextOverTheSizeIsRefusedUnread() {
        HclLimits limits = new HclLimits(10, 5, 5);
        assertThat(Hcl.parse("a = \"ää\"", limits).items()).hasSize(1);
        for (String text : new String[] {"a = \"äää\"", "#".repeat(11)}) {
            assertThat(catchThrowableOfType(HclException.class, () -> Hcl.parse(text, limits)))
                    .hasMessageContaining("at most 10");
            assertThat(catchThrowableOfType(
                            HclException.class, () -> Hcl.parse(text.getBytes(StandardCharsets.UTF_8), limits)))
                    .hasMessageContaining("at most 10");
        }
    }

    @Test
    void nestingAndCountsEndAtTheirLimitsExactly() {
        HclLimits limits = new HclLimits(1000, 3, 6);
        assertThat(Hcl.parse("a = [[[]]]", limits).items()).hasSize(1);
        assertThat(Hcl.parse("{\"a\": [[]]}", limits).items()).hasSize(1);
        for (String text :
                new String[] {"a = [[[[]]]]", "a { b { c { d { } } } }", "{\"a\": [[[]]]}", "a { b = [{ c = [] }] }"}) {
            assertThat(catchThrowableOfType(HclException.class, () -> Hcl.parse(text, limits)))
                    .hasMessageContaining("deeper than 3");
        }
        assertThat(Hcl.parse("a = 1 b = 1 c = 1", limits).items()).hasSize(3);
        for (String text :
                new String[] {"a = 1 b = 1 c = 1 d {}", "a = [1,1,1,1,1]", "a \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" {}"
                }) {
            assertThat(catchThrowableOfType(HclException.class, () -> Hcl.parse(text, limits)))
                    .hasMessageContaining("more than 6");
        }
    }
}
