// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Bodies from a seed, printed in many ways, come back as they were.
class HclRoundTripTest {
    private static final Position ANYWHERE = new Position(1, 1);
    private static final String[] BLANKS = {" ", "\n", "\t", " # c \" {\n", " // c\n", " /* } */ ", "\n\n  "};
    private static final int[] CHARACTERS = {
        'a', 'Z', '0', ' ', '"', '\\', '\n', '\t', '\r', '{', '}', '$', '#', '/', 'ä', 0x1f600, 0x1, 0x202e, 0xfffe,
        0x7f
    };

    private final Random random = new Random();

    @Test
    void whatIsPrintedAsHclIsReadAsItWas() {
        for (int seed = 0; seed < 2_000; seed++) {
            random.setSeed(seed);
            Body body = body(0, false);
            String text = hcl(body.items());
            assertThat(plain(Samples.parse(text))).as("seed %d: %s", seed, text).isEqualTo(plain(body));
        }
    }

    @Test
    void aFormattedTextSaysTheSameAndIsFormatted() {
        for (int seed = 0; seed < 2_000; seed++) {
            random.setSeed(seed);
            Body body = body(0, false);
            String text = hcl(body.items());
            if (text.stripLeading().startsWith("{")) {
                continue;
            }
            String formatted = HclFormat.format(text, HclLimits.DEFAULT);
            assertThat(plain(Samples.parse(formatted)))
                    .as("seed %d: %s", seed, formatted)
                    .isEqualTo(plain(body));
            assertThat(HclFormat.format(formatted, HclLimits.DEFAULT))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(formatted);
        }
    }

    @Test
    void whatIsPrintedAsJsonIsReadAsItWas() {
        for (int seed = 0; seed < 2_000; seed++) {
            random.setSeed(seed);
            Body body = body(0, true);
            String text = json(new Value.Obj(body, ANYWHERE));
            assertThat(plain(Samples.parse(text))).as("seed %d: %s", seed, text).isEqualTo(plain(body));
        }
    }

    private Body body(int depth, boolean json) {
        Set<String> names = new LinkedHashSet<>();
        List<Item> items = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            String name = random.nextBoolean() ? "n" + random.nextInt(10) : characters();
            if (json && !names.add(name)) {
                continue;
            }
            if (json || random.nextBoolean()) {
                items.add(new Item.Attribute(name, value(depth + 1, json), ANYWHERE));
            } else {
                List<Item.Label> labels = new ArrayList<>();
                for (int label = random.nextInt(3); label > 0; label--) {
                    labels.add(new Item.Label(characters(), ANYWHERE));
                }
                Body inner = depth < 4 ? body(depth + 1, false) : new Body(List.of(), ANYWHERE);
                items.add(new Item.Block(name, labels, inner, ANYWHERE));
            }
        }
        return new Body(items, ANYWHERE);
    }

    private Value value(int depth, boolean json) {
        return switch (random.nextInt(depth < 5 ? 6 : 4)) {
            case 0 -> new Value.Text(characters(), ANYWHERE);
            case 1 -> new Value.Whole(random.nextLong() >> random.nextInt(64), ANYWHERE);
            case 2 -> new Value.Decimal(new BigDecimal(random.nextInt() + ".25"), ANYWHERE);
            case 3 -> new Value.Flag(random.nextBoolean(), ANYWHERE);
            case 4 -> {
                List<Value> items = new ArrayList<>();
                for (int count = random.nextInt(4); count > 0; count--) {
                    items.add(value(depth + 1, json));
                }
                yield new Value.Arr(items, ANYWHERE);
            }
            default -> new Value.Obj(body(depth + 1, json), ANYWHERE);
        };
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (int count = random.nextInt(6); count > 0; count--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private String hcl(List<Item> items) {
        StringBuilder text = new StringBuilder(blank());
        for (Item item : items) {
            text.append(
                    item.name().matches("[a-z][a-z0-9]*") && random.nextBoolean()
                            ? item.name()
                            : quoted(item.name(), false));
            text.append(blank());
            switch (item) {
                case Item.Attribute attribute ->
                    text.append('=').append(blank()).append(hcl(attribute.value()));
                case Item.Block block -> {
                    block.labels().forEach(label -> text.append(quoted(label.text(), false)));
                    text.append('{').append(hcl(block.body().items())).append('}');
                }
            }
            text.append(blank());
        }
        return text.toString();
    }

    private String hcl(Value value) {
        return switch (value) {
            case Value.Text text -> quoted(text.text(), false);
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Decimal decimal -> decimal.number().toPlainString();
            case Value.Flag flag -> Boolean.toString(flag.set());
            case Value.Arr list ->
                list.items().stream().map(this::hcl).collect(Collectors.joining(",", "[", blank() + "]"));
            case Value.Obj object -> "{" + hcl(object.body().items()) + "}";
        };
    }

    private String json(Value value) {
        return switch (value) {
            case Value.Text text -> quoted(text.text(), true);
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Decimal decimal -> decimal.number().toPlainString();
            case Value.Flag flag -> Boolean.toString(flag.set());
            case Value.Arr list -> list.items().stream().map(this::json).collect(Collectors.joining(", ", "[", "]"));
            case Value.Obj object ->
                object.body().items().stream()
                        .map(item -> quoted(item.name(), true) + " : " + json(((Item.Attribute) item).value()))
                        .collect(Collectors.joining(",\n", "{", "}"));
        };
    }

    private String quoted(String text, boolean json) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> quoted.append(escaped(c, json)));
        return quoted.append('"').toString();
    }

    private String escaped(int c, boolean json) {
        if (c == '"' || c == '\\') {
            return "\\" + (char) c;
        }
        if (c < ' ' || c == '$' || c >= 0x7f && random.nextBoolean() || SourceText.isForbidden(c)) {
            return json || c <= 0xffff
                    ? Character.toString(c)
                            .chars()
                            .mapToObj(unit -> String.format("\\u%04x", unit))
                            .collect(Collectors.joining())
                    : String.format("\\U%08X", c);
        }
        return Character.toString(c);
    }

    private String blank() {
        return BLANKS[random.nextInt(BLANKS.length)];
    }

    /// The same without places, so that two can be compared.
    private static Body plain(Body body) {
        return new Body(
                body.items().stream()
                        .<Item>map(item -> switch (item) {
                            case Item.Attribute a -> new Item.Attribute(a.name(), plain(a.value()), ANYWHERE);
                            case Item.Block b ->
                                new Item.Block(
                                        b.name(),
                                        b.labels().stream()
                                                .map(label -> new Item.Label(label.text(), ANYWHERE))
                                                .toList(),
                                        plain(b.body()),
                                        ANYWHERE);
                        })
                        .toList(),
                ANYWHERE);
    }

    private static Value plain(Value value) {
        return switch (value) {
            case Value.Text text -> new Value.Text(text.text(), ANYWHERE);
            case Value.Whole whole -> new Value.Whole(whole.number(), ANYWHERE);
            case Value.Decimal decimal -> new Value.Decimal(decimal.number(), ANYWHERE);
            case Value.Flag flag -> new Value.Flag(flag.set(), ANYWHERE);
            case Value.Arr list ->
                new Value.Arr(list.items().stream().map(HclRoundTripTest::plain).toList(), ANYWHERE);
            case Value.Obj object -> new Value.Obj(plain(object.body()), ANYWHERE);
        };
    }
}
