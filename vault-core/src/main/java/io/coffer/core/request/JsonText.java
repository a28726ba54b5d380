// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.coffer.core.secret.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and writes {@link Json} as UTF-8, strictly: one value and nothing after it, no duplicate names, no
/// trailing commas, within limits. Numbers pass through digit for digit.
public final class JsonText {
    private final JsonFactory factory;
    private final JsonLimits limits;

    public JsonText(JsonLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.stringBytes())
                        .maxNameLength(limits.stringBytes())
                        .maxNumberLength(limits.numberDigits())
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .build();
    }

    /// Reads within the default limits.
    public static final JsonText DEFAULT = new JsonText(JsonLimits.DEFAULT);

    /// Reads what the vault wrote itself: whatever the limits were when it was taken.
    public static final JsonText STORED = new JsonText(JsonLimits.STORED);

    /// @throws JsonException if the bytes are not one JSON value within the limits
    public Json parse(byte[] utf8) {
        return parse(utf8, 0, utf8.length);
    }

    /// Reads a part of an array.
    ///
    /// @throws JsonException if it is not one JSON value within the limits
    public Json parse(byte[] utf8, int from, int length) {
        return parse(utf8, from, length, (parser, strings) -> value(parser, parser.currentToken(), strings));
    }

    private interface Body<T> {
        T read(JsonParser parser, Strings strings) throws IOException;
    }

    private <T> T parse(byte[] utf8, int from, int length, Body<T> body) {
        Strings strings = new Strings(limits);
        try (JsonParser parser = factory.createParser(strictReader(utf8, from, length))) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new JsonException("unexpected end of JSON input", false);
            }
            T value = body.read(parser, strings);
            if (parser.nextToken() != null) {
                throw new JsonException("more text after the JSON value" + at(parser), false);
            }
            return value;
        } catch (StreamConstraintsException overLimit) {
            throw new JsonException("refused JSON input due to high complexity: " + limitText(overLimit), true);
        } catch (JsonProcessingException malformed) {
            throw new JsonException("invalid JSON" + at(malformed), false);
        } catch (IOException malformed) {
            throw new JsonException("invalid JSON: bytes that are not UTF-8", false);
        }
    }

    /// @throws JsonException also if the value is not an object
    public Json.Obj parseObject(byte[] utf8) {
        if (parse(utf8) instanceof Json.Obj object) {
            return object;
        }
        throw new JsonException("the top-level value must be an object", false);
    }

    /// As {@link #parseObject(byte[])}, but text of the members named is taken out before it becomes a String.
    ///
    /// @param names compared without regard to case, as these clients write them
    /// @param secrets gets what was taken out, by the name asked for; the caller closes it, also after a failure
    public Json.Obj parseObject(byte[] utf8, Set<String> names, Map<String, Secret> secrets) {
        return parse(utf8, 0, utf8.length, (parser, strings) -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonException("the top-level value must be an object", false);
            }
            Map<String, Json> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = strings.check(parser.currentName());
                JsonToken token = parser.nextToken();
                Optional<String> asked = token == JsonToken.VALUE_STRING
                        ? names.stream().filter(name::equalsIgnoreCase).findFirst()
                        : Optional.empty();
                boolean twice = asked.isPresent()
                        ? secrets.containsKey(asked.get())
                        : members.put(name, value(parser, token, strings)) != null;
                if (twice) {
                    throw new JsonException("a member name stands twice in one object" + at(parser), false);
                }
                if (asked.isPresent()) {
                    SecretText.take(parser, asked.get()).ifPresent(secret -> secrets.put(asked.get(), secret));
                }
            }
            return new Json.Obj(members);
        });
    }

    /// The value as compact JSON.
    public static byte[] write(Json value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = DEFAULT.factory.createGenerator(out)) {
            write(value, generator, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// The parser's own decoder would guess the encoding and replace what is malformed.
    private static Reader strictReader(byte[] utf8, int from, int length) {
        return new InputStreamReader(
                new ByteArrayInputStream(utf8, from, length),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static Json value(JsonParser parser, JsonToken token, Strings strings) throws IOException {
        strings.countValue();
        return switch (token) {
            case START_OBJECT -> object(parser, strings);
            case START_ARRAY -> array(parser, strings);
            case VALUE_STRING -> new Json.Str(strings.check(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(strings.checkNumber(parser.getText()));
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> Json.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new JsonException("invalid JSON" + at(parser), false);
        };
    }

    private static Json.Obj object(JsonParser parser, Strings strings) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = strings.check(parser.currentName());
            if (members.put(name, value(parser, parser.nextToken(), strings)) != null) {
                throw new JsonException("a member name stands twice in one object" + at(parser), false);
            }
        }
        return new Json.Obj(members);
    }

    private static Json.Arr array(JsonParser parser, Strings strings) throws IOException {
        List<Json> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token, strings));
        }
        return new Json.Arr(items);
    }

    private static void write(Json value, JsonGenerator generator, ByteArrayOutputStream out) throws IOException {
        switch (value) {
            case Json.Obj object -> {
                generator.writeStartObject();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    generator.writeFieldName(member.getKey());
                    write(member.getValue(), generator, out);
                }
                generator.writeEndObject();
            }
            case Json.Arr array -> {
                generator.writeStartArray();
                for (Json item : array.items()) {
                    write(item, generator, out);
                }
                generator.writeEndArray();
            }
            case Json.Str text -> generator.writeString(text.value());
            case Json.Num number -> generator.writeNumber(number.text());
            case Json.Bool flag -> generator.writeBoolean(flag.value());
            case Json.Null none -> generator.writeNull();
            case Json.Raw raw -> {
                generator.writeRawValue("");
                generator.flush();
                out.write(raw.utf8(), raw.from(), raw.length());
            }
        }
    }

    private static String at(JsonParser parser) {
        return " at line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr();
    }

    private static String at(JsonProcessingException malformed) {
        return malformed.getLocation() == null
                ? ""
                : " at line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr();
    }

    private String limitText(StreamConstraintsException overLimit) {
        String message = String.valueOf(overLimit.getMessage());
        if (message.contains("nesting depth")) {
            return "exceeded maximum depth of " + limits.depth();
        }
        return message.contains("Number")
                ? "exceeded maximum number length of " + limits.numberDigits()
                : "exceeded maximum string length of " + limits.stringBytes();
    }

    /// Counts the strings of one text.
    private static final class Strings {
        private final JsonLimits limits;
        private int count;
        private int values;

        Strings(JsonLimits limits) {
            this.limits = limits;
        }

        void countValue() {
            if (++values > limits.values()) {
                throw new JsonException(
                        "refused JSON input due to high complexity: exceeded maximum number of values", true);
            }
        }

        String check(String text) {
            if (++count > limits.strings()) {
                throw new JsonException(
                        "refused JSON input due to high complexity: exceeded maximum number of strings", true);
            }
            if (text.length() > limits.stringBytes() / 3 && utf8Length(text) > limits.stringBytes()) {
                throw new JsonException(
                        "refused JSON input due to high complexity: exceeded maximum string length of "
                                + limits.stringBytes(),
                        true);
            }
            for (int i = 0; i < text.length(); i++) {
                if (Character.isSurrogate(text.charAt(i)) && !paired(text, i)) {
                    throw new JsonException("invalid JSON: a string holds an unpaired surrogate", false);
                }
            }
            return text;
        }

        /// The parser itself looks only at numbers that are much too long.
        String checkNumber(String text) {
            if (text.length() > limits.numberDigits()) {
                throw new JsonException(
                        "refused JSON input due to high complexity: exceeded maximum number length of "
                                + limits.numberDigits(),
                        true);
            }
            return text;
        }

        private static int utf8Length(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        private static boolean paired(String text, int i) {
            return Character.isHighSurrogate(text.charAt(i))
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1))
                    || Character.isLowSurrogate(text.charAt(i))
                            && i > 0
                            && Character.isHighSurrogate(text.charAt(i - 1));
        }
    }
}
