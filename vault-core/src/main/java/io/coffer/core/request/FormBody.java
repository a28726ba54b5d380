// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Reads a body of `application/x-www-form-urlencoded`: every field is text, and the values of a repeated
/// one are joined with commas. Strict: whole percent codes, UTF-8, `&` between fields, no field without a
/// name.
public final class FormBody {
    private final byte[] bytes;
    private final JsonLimits limits;

    private FormBody(byte[] bytes, JsonLimits limits) {
        this.bytes = bytes;
        this.limits = limits;
    }

    /// @throws JsonException if the bytes are no form, or more of one than the limits allow
    public static Json.Obj parse(byte[] bytes, JsonLimits limits) {
        return new FormBody(bytes, limits).parse();
    }

    /// As {@link #parse(byte[], JsonLimits)}, without the fields named, which are put apart.
    ///
    /// Limit: a form's text is on the heap before it is put apart.
    ///
    /// @param secrets gets what was taken out; the caller closes it, also after a failure
    public static Json.Obj parse(byte[] bytes, JsonLimits limits, Set<String> names, Map<String, Secret> secrets) {
        Map<String, Json> members = new LinkedHashMap<>(parse(bytes, limits).members());
        for (String name : names) {
            if (members.remove(name) instanceof Json.Str(String text)) {
                SecretText.of(CharBuffer.wrap(text), name).ifPresent(secret -> secrets.put(name, secret));
            }
        }
        return new Json.Obj(members);
    }

    private Json.Obj parse() {
        Map<String, StringBuilder> fields = new LinkedHashMap<>();
        int strings = 0;
        for (int start = 0; start <= bytes.length; ) {
            int end = next('&', start, bytes.length);
            if (end > start) {
                strings += 2;
                if (strings > limits.strings()) {
                    throw overLimit("number of strings");
                }
                field(fields, start, end);
            }
            start = end + 1;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach((name, value) -> members.put(name, new Json.Str(value.toString())));
        return new Json.Obj(members);
    }

    private void field(Map<String, StringBuilder> fields, int start, int end) {
        int equals = next('=', start, end);
        String name = decode(start, equals);
        if (name.isEmpty()) {
            throw malformed("a field without a name");
        }
        String value = equals == end ? "" : decode(equals + 1, end);
        StringBuilder sofar = fields.get(name);
        if (sofar == null) {
            fields.put(name, new StringBuilder(value));
        } else if (sofar.length() + value.length() >= limits.stringBytes()) {
            throw overLimit("string length of " + limits.stringBytes());
        } else {
            sofar.append(',').append(value);
        }
    }

    private int next(char separator, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != separator) {
            at++;
        }
        return at;
    }

    private String decode(int from, int to) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            int c = bytes[i] & 0xff;
            if (c == '%') {
                if (i + 2 >= to) {
                    throw malformed("a percent code that is cut off");
                }
                decoded.write(hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
                i += 2;
            } else if (c <= ' ' || c == ';' || c == 0x7f) {
                throw malformed("a character that stands for itself in no form");
            } else {
                decoded.write(c == '+' ? ' ' : c);
            }
        }
        if (decoded.size() > limits.stringBytes()) {
            throw overLimit("string length of " + limits.stringBytes());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException other) {
            throw malformed("bytes that are not UTF-8");
        }
    }

    private static int hex(byte c) {
        int value = Character.digit(c, 16);
        if (value < 0 || c < 0) {
            throw malformed("a percent code without two hexadecimal digits");
        }
        return value;
    }

    private static JsonException malformed(String what) {
        return new JsonException("invalid form body: " + what, false);
    }

    private static JsonException overLimit(String what) {
        return new JsonException("refused form input due to high complexity: exceeded maximum " + what, true);
    }
}
