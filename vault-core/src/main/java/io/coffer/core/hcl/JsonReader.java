// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads the JSON form into the same model: every member is an attribute, and {@link Body#blocks} finds the
/// blocks among them. Duplicate names and null are refused: both mean different things to different
/// readers.
final class JsonReader {
    private final Source source;
    private final Strings strings;

    JsonReader(Source source) {
        this.source = source;
        this.strings = new Strings(source, true);
    }

    /// The whole text: one object.
    Body document() {
        skipBlanks();
        Body body = object();
        skipBlanks();
        if (source.peek() != Source.END) {
            throw source.unexpected("the end of the text");
        }
        return body;
    }

    private Body object() {
        Position at = source.here();
        source.enter(at);
        source.expect('{', "before an object");
        List<Item> items = new ArrayList<>();
        Set<String> names = new HashSet<>();
        skipBlanks();
        if (!source.accept('}')) {
            do {
                items.add(member(names));
            } while (more('}', at));
        }
        source.leave();
        return new Body(items, at);
    }

    private Item member(Set<String> names) {
        skipBlanks();
        Position at = source.here();
        source.countNode(at);
        if (source.peek() != '"') {
            throw source.unexpected("a name in double quotes");
        }
        String name = strings.read();
        if (!names.add(name)) {
            throw new HclException(at, Source.quoted(name) + " stands twice in one object");
        }
        skipBlanks();
        source.expect(':', "after this name");
        skipBlanks();
        return new Item.Attribute(name, value(), at);
    }

    private Value value() {
        Position at = source.here();
        source.countNode(at);
        int c = source.peek();
        if (c == '"') {
            return new Value.Text(strings.read(), at);
        }
        if (c == '{') {
            return new Value.Obj(object(), at);
        }
        if (c == '[') {
            return list(at);
        }
        if (Numbers.startsHere(source)) {
            return new Numbers(source).read();
        }
        if (Source.isNameStart(c)) {
            return literal(at);
        }
        throw source.unexpected("a value");
    }

    private Value literal(Position at) {
        StringBuilder word = new StringBuilder();
        while (Source.isNamePart(source.peek())) {
            word.appendCodePoint(source.next());
        }
        return switch (word.toString()) {
            case "true" -> new Value.Flag(true, at);
            case "false" -> new Value.Flag(false, at);
            case "null" -> throw new HclException(at, "found null, expected a value; leave the name out instead");
            default ->
                throw new HclException(at, "found unquoted text, expected a value; text stands in double quotes");
        };
    }

    private Value list(Position at) {
        source.enter(at);
        source.expect('[', "before a list");
        List<Value> items = new ArrayList<>();
        skipBlanks();
        if (!source.accept(']')) {
            do {
                skipBlanks();
                items.add(value());
            } while (more(']', at));
        }
        source.leave();
        return new Value.Arr(items, at);
    }

    /// Whether a comma says that more follows, or the end was read.
    private boolean more(char end, Position opened) {
        skipBlanks();
        if (source.accept(',')) {
            return true;
        }
        if (source.peek() == Source.END) {
            String what = end == '}' ? "the object" : "the list";
            throw new HclException(opened, what + " is not closed, expected '" + end + "'");
        }
        if (!source.accept(end)) {
            throw source.unexpected("',' or '" + end + "'");
        }
        return false;
    }

    private void skipBlanks() {
        while (source.peek() == ' ' || source.peek() == '\t' || source.peek() == '\n') {
            source.next();
        }
    }
}
