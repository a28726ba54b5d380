// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class HclTest {
    @Test
    void blocksAttributesAndLabelsKeepTheirOrderAndPlaces() {
        Body body = Samples.parse("a = 1\n  b \"x\" \"y\" {\n c=\"d\" }\nb {}\na = 2");
        assertThat(body.items()).extracting(Item::name).containsExactly("a", "b", "b", "a");
        Item.Block block = (Item.Block) body.items().get(1);
        assertThat(block.at()).isEqualTo(new Position(2, 3));
        assertThat(block.labels())
                .containsExactly(new Item.Label("x", new Position(2, 5)), new Item.Label("y", new Position(2, 9)));
        assertThat(block.body().last("c"))
                .contains(new Item.Attribute("c", new Value.Text("d", new Position(3, 4)), new Position(3, 2)));
    }

    @Test
    void aRepeatedAttributeStaysAndTheLastOneIsFound() {
        Body body = Samples.parse("a = 1\na = 2");
        assertThat(body.items()).hasSize(2);
        assertThat(body.last("a").orElseThrow().value()).isEqualTo(new Value.Whole(2, new Position(2, 5)));
        assertThat(body.last("b")).isEmpty();
    }

    @Test
    void everyKindOfValueIsRead() {
        Position at = new Position(1, 5);
        assertThat(Samples.value("a = true")).isEqualTo(new Value.Flag(true, at));
        assertThat(Samples.value("a = false")).isEqualTo(new Value.Flag(false, at));
        assertThat(Samples.value("a = -12")).isEqualTo(new Value.Whole(-12, at));
        assertThat(Samples.value("a = 9223372036854775807")).isEqualTo(new Value.Whole(Long.MAX_VALUE, at));
        assertThat(Samples.value("a = -9223372036854775808")).isEqualTo(new Value.Whole(Long.MIN_VALUE, at));
        assertThat(Samples.value("a = 1.50")).isEqualTo(new Value.Decimal(new BigDecimal("1.50"), at));
        assertThat(Samples.value("a = 1e+3")).isEqualTo(new Value.Decimal(new BigDecimal("1E3"), at));
        assertThat(Samples.value("a = []")).isEqualTo(new Value.Arr(List.of(), at));
        assertThat(Samples.value("a = [1, # one\n \"x\",]"))
                .isEqualTo(new Value.Arr(
                        List.of(new Value.Whole(1, new Position(1, 6)), new Value.Text("x", new Position(2, 2))), at));
        assertThat(Samples.value("a = { b = 1, c = 2 }")).isInstanceOf(Value.Obj.class);
    }

    @Test
    void escapesAreResolvedAndNothingElseIsTouched() {
        assertThat(Samples.text("a = \"\\\" \\\\ \\n \\t \\r \\u00e4 \\U0001F600\""))
                .isEqualTo("\" \\ \n \t \r ä 😀");
        assertThat(Samples.text("a = \"{{identity.entity.id}} $ { $x {$} # // /* %{\""))
                .isEqualTo("{{identity.entity.id}} $ { $x {$} # // /* %{");
        assertThat(Samples.text("a = \"\\u0024{x}\"")).isEqualTo("${x}");
        assertThat(Samples.text("a = \"ä😀\tb\"")).isEqualTo("ä😀\tb");
    }

    @Test
    void columnsCountCharactersAndNotBytes() {
        Body body = Samples.parseBytes("a = [\"😀ä\", 7]");
        Value.Arr list = (Value.Arr) body.last("a").orElseThrow().value();
        assertThat(list.items().get(1).at()).isEqualTo(new Position(1, 12));
    }

    @Test
    void heredocsKeepTheirTextAndTheirLastLineEnd() {
        assertThat(Samples.text("a = <<EOF\nx \\n \"y\"\n  EOFX\n\nEOF\n")).isEqualTo("x \\n \"y\"\n  EOFX\n\n");
        assertThat(Samples.text("a = <<EOF\nEOF")).isEmpty();
        assertThat(Samples.text("a = <<-EOF\n    x\n\n      y\n    EOF")).isEqualTo("x\n\n  y\n");
        assertThat(((Value.Arr) Samples.value("a = [<<A\nx\nA\n, <<B\ny\nB\n]")).items())
                .hasSize(2);
    }

    @Test
    void whatFollowsAHeredocIsRead() {
        Body body = Samples.parse("a = <<EOF\nx\nEOF\nb = 1");
        assertThat(body.last("b").orElseThrow().at()).isEqualTo(new Position(4, 1));
    }

    @Test
    void commentsAndLineEndsMayStandBetweenAnyTwoThings() {
        Body body = Samples.parse("/**/path // p\n # q\n \"x\" /* y */\n{ /* z */ a /**/ = /**/ 1 }# end");
        assertThat(body.blocks("path", 1)).hasSize(1);
        assertThat(Samples.parse(" \n# only a comment").items()).isEmpty();
        assertThat(Samples.parse("").items()).isEmpty();
    }

    @Test
    void linesMayEndInCarriageReturnAndLineFeed() {
        assertThat(Samples.parse("a = 1\r\nb = <<E\r\nx\r\nE\r\n").items()).hasSize(2);
        assertThat(Samples.text("b = <<E\r\nx\r\nE\r\n")).isEqualTo("x\n");
    }

    @Test
    void bytesAndTextGiveTheSame() {
        for (String sample : Samples.ALL) {
            assertThat(Samples.parseBytes(sample)).isEqualTo(Samples.parse(sample));
        }
    }

    @Test
    void noValueIsPrinted() {
        String secret = "hvs.supersecret";
        assertThat(Samples.parse("a = [\"" + secret + "\", { b = \"" + secret + "\" }]")
                        .toString())
                .doesNotContain(secret);
        Samples.parse("a = \"" + secret + "\"\nb = 1234567 \n c = 1234567.5")
                .items()
                .forEach(item ->
                        assertThat(item.toString()).doesNotContain(secret).doesNotContain("1234567"));
    }
}
