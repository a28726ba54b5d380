// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
    @Test
    void everyWayToWriteALabelledBlockGivesTheSame() {
        String[] texts = {
            "path \"a\" { x = 1 }\npath \"b\" { x = 2 }",
            "path { \"a\" { x = 1 } \"b\" { x = 2 } }",
            "path = { \"a\" = { x = 1 }, \"b\" = { x = 2 } }",
            "path { \"a\" = { x = 1 } }\npath \"b\" { x = 2 }",
            "path = [{ \"a\" = { x = 1 } }, { \"b\" { x = 2 } }]",
            "{\"path\": {\"a\": {\"x\": 1}, \"b\": {\"x\": 2}}}",
            "{\"path\": [{\"a\": {\"x\": 1}}, {\"b\": {\"x\": 2}}]}",
            "{\"path\": {\"a\": [{\"x\": 1}], \"b\": {\"x\": 2}}}",
        };
        for (String text : texts) {
            List<Item.Block> blocks = Samples.parse(text).blocks("path", 1);
            assertThat(blocks).as(text).extracting(block -> block.label(0)).containsExactly("a", "b");
            assertThat(blocks)
                    .as(text)
                    .extracting(block ->
                            ((Value.Whole) block.body().last("x").orElseThrow().value()).number())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void aListRepeatsABlockUnderItsLabel() {
        Body body = Samples.parse("{\"listener\": {\"tcp\": [{\"a\": 1}, {\"a\": 2}], \"unix\": {}}}");
        assertThat(body.blocks("listener", 1))
                .extracting(block -> block.label(0))
                .containsExactly("tcp", "tcp", "unix");
    }

    @Test
    void blocksWithoutAndWithTwoLabelsAreFound() {
        assertThat(Samples.parse("t { a = 1 }\nt = { a = 2 }").blocks("t", 0)).hasSize(2);
        Body body = Samples.parse("{\"audit\": {\"file\": {\"main\": {\"options\": {}}}}}");
        Item.Block block = body.blocks("audit", 2).getFirst();
        assertThat(block.labels()).extracting(Item.Label::text).containsExactly("file", "main");
        assertThat(block.body().blocks("options", 0)).hasSize(1);
    }

    @Test
    void otherNamesAreLeftAlone() {
        assertThat(Samples.parse("a = 1\nb { }").blocks("path", 1)).isEmpty();
    }

    @Test
    void whatIsNoBlockOrHasOtherLabelsIsRefusedWithItsPlace() {
        refused("path = 1", 1, 1, 8);
        refused("path = [\n1]", 1, 2, 1);
        refused("path \"a\" \"b\" { }", 1, 1, 1);
        refused("path { \"a\" = 1 }", 1, 1, 14);
        refused("path {\n a = [{}, \"x\"] }", 1, 2, 11);
        refused("t \"a\" { }", 0, 1, 1);
        refused("{\"path\": \"x\"}", 1, 1, 10);
    }

    private static void refused(String text, int labels, int line, int column) {
        String name = text.contains("path") ? "path" : "t";
        HclException refusal = catchThrowableOfType(
                HclException.class, () -> Samples.parse(text).blocks(name, labels));
        assertThat(refusal).as(text).isNotNull();
        assertThat(refusal.position()).as(text).isEqualTo(new Position(line, column));
    }
}
