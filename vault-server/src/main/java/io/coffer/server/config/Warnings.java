// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.ArrayList;
import java.util.List;

/// Collects what a person should know.
final class Warnings {
    private final List<String> texts = new ArrayList<>();

    void add(String place, String text) {
        texts.add(place + ": " + text);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }
}
