// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.cli.output.JsonPrinter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataArgumentsTest {
    @TempDir
    Path folder;

    private static String json(String input, String... words) throws IOException {
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        return JsonPrinter.compact(DataArguments.of(List.of(words), new ByteArrayInputStream(bytes)));
    }

    @Test
    void aValueIsTextWhateverItLooksLike() throws IOException {
        assertThat(json("", "a=1", "b=true", "c={\"x\":1}", "d=", "e=x=y", "f= blank ", "g=null"))
                .isEqualTo(
                        "{\"a\":\"1\",\"b\":\"true\",\"c\":\"{\\\"x\\\":1}\",\"d\":\"\",\"e\":\"x=y\",\"f\":\" blank \","
                                + "\"g\":\"null\"}");
    }

    @Test
    void aFileOrStandardInputGivesAValueUnchanged() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "line 1\nline 2\n\u00e4");
        assertThat(json("from input\n", "a=@" + file, "b=-"))
                .isEqualTo("{\"a\":\"line 1\\nline 2\\n\u00e4\",\"b\":\"from input\\n\"}");
    }

    @Test
    void aBackslashKeepsTheSignBeforeAFilesName() throws IOException {
        assertThat(json("", "a=\\@x", "b=\\\\@x", "c=x@y"))
                .isEqualTo("{\"a\":\"@x\",\"b\":\"\\\\\\\\@x\",\"c\":\"x@y\"}");
    }

    @Test
    void aWholeObjectKeepsItsDigitsAndItsOrder() throws IOException {
        String object = "{\"z\":1.0,\"a\":{\"n\":1e400,\"l\":[1,2.50]},\"m\":null}";
        Path file = Files.writeString(folder.resolve("f"), object);
        assertThat(json("", "@" + file)).isEqualTo(object);
        assertThat(json(object, "-")).isEqualTo(object);
        assertThat(json("{\"a\":1}", "b=2", "-")).isEqualTo("{\"b\":\"2\",\"a\":1}");
    }

    @Test
    void aKeyGivenAgainBecomesAList() throws IOException {
        assertThat(json("", "a=1", "a=2", "a=3", "b=1")).isEqualTo("{\"a\":[\"1\",\"2\",\"3\"],\"b\":\"1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "=s3cret", "a=@/no/such/s3c", "@/no/such/file", "@", "a=@", "@a\u0000b"})
    void whatIsNoDataIsRefusedWithoutRepeatingIt(String word) {
        assertThatThrownBy(() -> json("", word)).isInstanceOf(Failure.class).hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"s3cret\"", "{\"a\":}", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{\"a\":\"s3cret\""})
    void whatIsNoObjectIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> json(text, "-")).isInstanceOf(Failure.class).hasMessageNotContaining("s3cret");
    }

    @Test
    void standardInputCannotBeReadTwice() {
        assertThatThrownBy(() -> json("x", "a=-", "b=-")).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> json("{}", "-", "b=-")).isInstanceOf(Failure.class);
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndNotReplaced() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> json("", "a=@" + file)).hasMessageContaining("base64");
        assertThatThrownBy(() -> json("\u00ff", "a=-")).hasMessageContaining("base64");
    }
}
