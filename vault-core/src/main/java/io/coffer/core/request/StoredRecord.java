// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.CorruptedException;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a record that the vault wrote itself: a JSON object whose member `v` says which form it has. Each
/// member is taken once; what nobody took is refused by {@link #end}. No tree is built, so a value that is
/// only passed on costs one look at each of its bytes.
///
/// Relies on the bytes being what the vault wrote (the barrier authenticates them): of a nested value only
/// strings and brackets are looked at.
public final class StoredRecord {
    private final StorageKey key;
    private final Map<String, Json.Raw> members;

    private StoredRecord(StorageKey key, Map<String, Json.Raw> members) {
        this.key = key;
        this.members = members;
    }

    /// Opens a record of the one form that the caller knows.
    ///
    /// @throws CorruptedException if it is no record or has another form
    public static StoredRecord open(StorageKey key, Plaintext value, int form) {
        StoredRecord stored = new StoredRecord(key, slices(key, value.bytes()));
        long found = stored.number("v");
        if (found != form) {
            throw new CorruptedException(
                    "record " + key + " has form " + found + "; this version of Coffer reads form " + form);
        }
        return stored;
    }

    /// A nested value as it stands in the record.
    public Json.Raw raw(String name) {
        return take(name);
    }

    public Json.Obj object(String name) {
        if (parse(name, take(name)) instanceof Json.Obj object) {
            return object;
        }
        throw refused(name);
    }

    public String text(String name) {
        return string(name, take(name));
    }

    /// Text, or nothing where the record has no such member.
    public Optional<String> optionalText(String name) {
        return members.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    public long number(String name) {
        return whole(name, take(name));
    }

    /// A whole number, or nothing where the record has no such member.
    public OptionalLong optionalNumber(String name) {
        return members.containsKey(name) ? OptionalLong.of(number(name)) : OptionalLong.empty();
    }

    /// Texts by names that are no part of the record's form, in their order.
    public Map<String, String> textMap(String name) {
        return texts(name, take(name));
    }

    private Map<String, String> texts(String name, Json.Raw slice) {
        if (slice.length() == 2) {
            return Map.of();
        }
        if (!(parse(name, slice) instanceof Json.Obj(var found))) {
            throw refused(name);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : found.entrySet()) {
            if (!(member.getValue() instanceof Json.Str(var text))) {
                throw refused(name);
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    /// As {@link #textMap}, or nothing where the record has no such member.
    public Optional<Map<String, String>> optionalTextMap(String name) {
        return members.containsKey(name) ? Optional.of(textMap(name)) : Optional.empty();
    }

    /// A list of objects of texts.
    public List<Map<String, String>> textMaps(String name) {
        return items(name).stream().map(item -> texts(name, item)).toList();
    }

    public boolean flag(String name) {
        Json.Raw slice = take(name);
        String word = ascii(slice);
        if (!word.equals("true") && !word.equals("false")) {
            throw refused(name);
        }
        return word.equals("true");
    }

    public List<String> texts(String name) {
        return items(name).stream().map(item -> string(name, item)).toList();
    }

    public List<Long> numbers(String name) {
        return items(name).stream().map(item -> whole(name, item)).toList();
    }

    /// Ends the reading.
    ///
    /// @throws CorruptedException if the record has members that were not asked for
    public void end() {
        if (!members.isEmpty()) {
            throw new CorruptedException("record " + key + " has " + members.size() + " unknown members");
        }
    }

    private static Map<String, Json.Raw> slices(StorageKey key, byte[] utf8) {
        Map<String, Json.Raw> members = new LinkedHashMap<>();
        JsonSlices slices = new JsonSlices(utf8, 0, utf8.length);
        boolean sound = slices.enter('{');
        while (sound && slices.more('}')) {
            Optional<String> name = slices.name();
            Optional<Json.Raw> value = name.flatMap(present -> slices.value());
            sound = value.isPresent() && members.put(name.get(), value.get()) == null;
        }
        if (!sound || !slices.finished()) {
            throw new CorruptedException("record " + key + " is not a JSON object");
        }
        return members;
    }

    private List<Json.Raw> items(String name) {
        Json.Raw array = take(name);
        List<Json.Raw> items = new ArrayList<>();
        JsonSlices slices = new JsonSlices(array.utf8(), array.from(), array.length());
        boolean sound = slices.enter('[');
        while (sound && slices.more(']')) {
            sound = slices.value().map(items::add).orElse(false);
        }
        if (!sound || !slices.finished()) {
            throw refused(name);
        }
        return items;
    }

    private String string(String name, Json.Raw slice) {
        byte[] utf8 = slice.utf8();
        int end = slice.from() + slice.length() - 1;
        if (slice.length() < 2 || utf8[slice.from()] != '"' || utf8[end] != '"') {
            throw refused(name);
        }
        for (int i = slice.from() + 1; i < end; i++) {
            if (utf8[i] == '\\') {
                return unescaped(name, slice);
            }
        }
        return new String(utf8, slice.from() + 1, slice.length() - 2, StandardCharsets.UTF_8);
    }

    private String unescaped(String name, Json.Raw slice) {
        if (parse(name, slice) instanceof Json.Str text) {
            return text.value();
        }
        throw refused(name);
    }

    private long whole(String name, Json.Raw slice) {
        try {
            return Long.parseLong(ascii(slice));
        } catch (NumberFormatException other) {
            throw refused(name);
        }
    }

    private Json parse(String name, Json.Raw slice) {
        try {
            return JsonText.STORED.parse(slice.utf8(), slice.from(), slice.length());
        } catch (JsonException malformed) {
            throw refused(name);
        }
    }

    private Json.Raw take(String name) {
        Json.Raw slice = members.remove(name);
        if (slice == null) {
            throw refused(name);
        }
        return slice;
    }

    private CorruptedException refused(String name) {
        return new CorruptedException("record " + key + " has no proper member " + name);
    }

    private static String ascii(Json.Raw slice) {
        return new String(slice.utf8(), slice.from(), slice.length(), StandardCharsets.ISO_8859_1);
    }
}
