// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Header lines in order; names compare without case. Values may be tokens, so they are never printed.
///
/// Values are bytes: a token read from a file or a terminal need not become a `String`.
public final class Headers {
    private final List<String> names = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();

    /// @throws IllegalArgumentException if name or value could end the line, and so smuggle in another
    /// header
    public Headers add(String name, byte[] value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a header needs a name");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 127 || c == ':') {
                throw new IllegalArgumentException("the name of a header holds letters, digits and dashes");
            }
        }
        for (byte b : value) {
            if (b >= 0 && b < ' ' && b != '\t' || b == 127) {
                throw new IllegalArgumentException("the value of header " + name + " holds a control character");
            }
        }
        names.add(name);
        values.add(value);
        return this;
    }

    public Headers add(String name, String value) {
        return add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public Headers addAll(Headers others) {
        names.addAll(others.names);
        values.addAll(others.values);
        return this;
    }

    public int size() {
        return names.size();
    }

    public String name(int i) {
        return names.get(i);
    }

    public byte[] value(int i) {
        return values.get(i);
    }

    /// The first header of that name.
    public Optional<String> get(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return Optional.of(new String(values.get(i), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    int count(String name) {
        int count = 0;
        for (String other : names) {
            count += other.equalsIgnoreCase(name) ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return "Headers" + names;
    }
}
