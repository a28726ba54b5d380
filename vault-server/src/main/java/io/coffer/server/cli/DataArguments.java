// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonLimits;
import io.coffer.core.request.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Data as words: `key=value`, `key=@file`, `key=-` (standard input), and `@file` or `-` alone for a whole
/// JSON object.
///
/// `key=\@text` stands for a value that starts with `@`. A key given more than once becomes a list.
/// Messages name the key or the file, never a value.
public final class DataArguments {
    private static final int LONGEST = 32 << 20;
    private static final JsonText JSON = new JsonText(new JsonLimits(64, LONGEST, 1_000_000, 10_000, 10_000_000));

    private final InputStream in;
    private final Map<String, Json> data = new LinkedHashMap<>();
    private boolean inputUsed;

    private DataArguments(InputStream in) {
        this.in = in;
    }

    /// @throws Failure if a word is no data, or a file cannot be read
    public static Json.Obj of(List<String> words, InputStream in) throws IOException {
        DataArguments collected = new DataArguments(in);
        for (String word : words) {
            collected.add(word);
        }
        return new Json.Obj(collected.data);
    }

    private void add(String word) throws IOException {
        if (word.equals("-")) {
            addObject(standardInput(), "standard input");
            return;
        }
        if (word.startsWith("@")) {
            addObject(file(word.substring(1)), word.substring(1));
            return;
        }
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw Failure.local("Failed to parse K=V data: a word is not of the form KEY=VALUE, @FILE or -");
        }
        String key = word.substring(0, equals);
        String value = word.substring(equals + 1);
        if (value.equals("-")) {
            put(key, new Json.Str(text(standardInput(), "standard input")));
        } else if (value.startsWith("@")) {
            put(key, new Json.Str(text(file(value.substring(1)), value.substring(1))));
        } else {
            put(key, new Json.Str(value.startsWith("\\@") ? value.substring(1) : value));
        }
    }

    private void addObject(byte[] text, String source) {
        try {
            JSON.parseObject(text).members().forEach(this::put);
        } catch (JsonException malformed) {
            throw Failure.local("Failed to parse K=V data: " + source + ": " + malformed.getMessage());
        }
    }

    private void put(String key, Json value) {
        Json former = data.get(key);
        if (former == null) {
            data.put(key, value);
            return;
        }
        List<Json> all = new ArrayList<>();
        if (former instanceof Json.Arr list) {
            all.addAll(list.items());
        } else {
            all.add(former);
        }
        all.add(value);
        data.put(key, new Json.Arr(all));
    }

    private byte[] standardInput() throws IOException {
        if (inputUsed) {
            throw Failure.local("Failed to parse K=V data: standard input is named more than once");
        }
        inputUsed = true;
        return bounded(in.readNBytes(LONGEST + 1), "standard input");
    }

    private static byte[] file(String name) {
        try (InputStream file = Files.newInputStream(Path.of(name))) {
            return bounded(file.readNBytes(LONGEST + 1), name);
        } catch (NoSuchFileException missing) {
            throw Failure.local("Failed to parse K=V data: there is no file " + name);
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("Failed to parse K=V data: cannot read the file " + name);
        }
    }

    private static byte[] bounded(byte[] text, String source) {
        if (text.length > LONGEST) {
            throw Failure.local("Failed to parse K=V data: " + source + " is longer than " + LONGEST + " bytes");
        }
        return text;
    }

    /// Bytes that are no UTF-8 are refused: JSON cannot carry them, and replacing them would store
    /// something else.
    private static String text(byte[] bytes, String source) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException binary) {
            throw Failure.local(
                    "Failed to parse K=V data: " + source + " is no UTF-8 text; encode it, for example in base64");
        }
    }
}
