// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.List;

/// Reads the HCL form. Recursive, and no deeper than the limits allow.
final class HclReader {
    private final Source source;
    private final Strings strings;

    HclReader(Source source) {
        this.source = source;
        this.strings = new Strings(source, false);
    }

    /// The whole text.
    Body document() {
        Position at = source.here();
        List<Item> items = new ArrayList<>();
        Blanks.skip(source);
        while (source.peek() != Source.END) {
            items.add(item());
            boolean separated = Blanks.skip(source);
            if (!separated && source.peek() != Source.END) {
                throw source.unexpected("a blank or the end of the line");
            }
        }
        return new Body(items, at);
    }

    private Item item() {
        Position at = source.here();
        source.countNode(at);
        String name = name();
        Blanks.skip(source);
        if (source.accept('=')) {
            Blanks.skip(source);
            return new Item.Attribute(name, value(), at);
        }
        List<Item.Label> labels = new ArrayList<>();
        while (source.peek() == '"') {
            Position labelAt = source.here();
            source.countNode(labelAt);
            labels.add(new Item.Label(strings.read(), labelAt));
            Blanks.skip(source);
        }
        if (source.peek() != '{') {
            throw source.unexpected(
                    labels.isEmpty() ? "'=', a quoted label or '{' after this name" : "'{' after this label");
        }
        return new Item.Block(name, labels, braces("the block " + Source.quoted(name)), at);
    }

    private String name() {
        if (source.peek() == '"') {
            return strings.read();
        }
        if (!Source.isNameStart(source.peek())) {
            throw source.unexpected("a name");
        }
        return word();
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (Source.isNamePart(source.peek())) {
            word.appendCodePoint(source.next());
        }
        return word.toString();
    }

    /// From `{` to its `}`; items are separated by blanks, or by one comma.
    private Body braces(String what) {
        Position at = source.here();
        source.enter(at);
        source.expect('{', "before " + what);
        List<Item> items = new ArrayList<>();
        boolean separated = true;
        Blanks.skip(source);
        while (!source.accept('}')) {
            if (source.peek() == Source.END) {
                throw new HclException(at, what + " is not closed, expected '}'");
            }
            if (!separated) {
                throw source.unexpected("a blank, ',' or '}'");
            }
            items.add(item());
            separated = Blanks.skip(source);
            if (source.accept(',')) {
                Blanks.skip(source);
                separated = true;
            }
        }
        source.leave();
        return new Body(items, at);
    }

    private Value value() {
        Position at = source.here();
        source.countNode(at);
        int c = source.peek();
        if (c == '"') {
            return new Value.Text(strings.read(), at);
        }
        if (c == '[') {
            return list(at);
        }
        if (c == '{') {
            return new Value.Obj(braces("the object"), at);
        }
        if (source.lookingAt("<<")) {
            return new Value.Text(new Heredocs(source).read(), at);
        }
        if (Numbers.startsHere(source)) {
            return new Numbers(source).read();
        }
        if (Source.isNameStart(c)) {
            return flag(at);
        }
        throw source.unexpected("a value");
    }

    private Value flag(Position at) {
        return switch (word()) {
            case "true" -> new Value.Flag(true, at);
            case "false" -> new Value.Flag(false, at);
            default ->
                throw new HclException(at, "found unquoted text, expected a value; text stands in double quotes");
        };
    }

    private Value list(Position at) {
        source.enter(at);
        source.expect('[', "before a list");
        List<Value> items = new ArrayList<>();
        Blanks.skip(source);
        while (!source.accept(']')) {
            items.add(element(at));
            Blanks.skip(source);
            if (source.accept(',')) {
                Blanks.skip(source);
            } else if (source.peek() == Source.END) {
                throw unclosedList(at);
            } else if (source.peek() != ']') {
                throw source.unexpected("',' or ']'");
            }
        }
        source.leave();
        return new Value.Arr(items, at);
    }

    private Value element(Position listAt) {
        if (source.peek() == Source.END) {
            throw unclosedList(listAt);
        }
        return value();
    }

    private static HclException unclosedList(Position at) {
        return new HclException(at, "the list is not closed, expected ']'");
    }
}
