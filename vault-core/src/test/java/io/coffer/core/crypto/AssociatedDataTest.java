// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssociatedDataTest {
    @Test
    void eachFieldHasItsLengthBeforeIt() {
        var data = AssociatedData.of(
                "coffer/x",
                new byte[] {1, 2},
                AssociatedData.number(0x01020304),
                new byte[0],
                AssociatedData.text("ü"));
        assertThat(HexFormat.of().formatHex(data))
                .isEqualTo("00000008" + "636f666665722f78" + "00000002" + "0102" + "00000004" + "01020304" + "00000000"
                        + "00000002" + "c3bc");
    }

    @Test
    void whatIsFramedOnceGoesOnAsIfItWereOne() {
        var start = AssociatedData.of("label", new byte[] {1});
        assertThat(AssociatedData.append(start, new byte[] {2}, new byte[] {3}))
                .isEqualTo(AssociatedData.of("label", new byte[] {1}, new byte[] {2}, new byte[] {3}));
        assertThat(AssociatedData.append(start)).isEqualTo(start);
    }

    /// All lists of up to three fields of up to two bytes, of bytes that could be taken for lengths.
    @Test
    void noTwoListsOfFieldsGiveTheSameBytes() {
        var fields = List.of(
                new byte[] {}, new byte[] {0}, new byte[] {1}, new byte[] {0, 0}, new byte[] {0, 1}, new byte[] {1, 0});
        var seen = new HashMap<String, List<String>>();
        for (var label : List.of("", "a", "\0", "\0\0\0\0", "a\0\0\0\0")) {
            collect(label, new ArrayList<>(), fields, seen);
        }
        assertThat(seen).hasSize(5 * (1 + 6 + 36 + 216));
    }

    private static void collect(
            String label, List<byte[]> chosen, List<byte[]> fields, Map<String, List<String>> seen) {
        var bytes = HexFormat.of().formatHex(AssociatedData.of(label, chosen.toArray(byte[][]::new)));
        var names = chosen.stream().map(HexFormat.of()::formatHex).toList();
        assertThat(seen.put(bytes, names))
                .as("another list gives %s as well", bytes)
                .isNull();
        if (chosen.size() < 3) {
            for (var field : fields) {
                chosen.add(field);
                collect(label, chosen, fields, seen);
                chosen.removeLast();
            }
        }
    }
}
