// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.hcl.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `custom_response_headers`, whose keys are statuses and header names and so not known beforehand.
final class HeadersReader {
    private HeadersReader() {}

    static ResponseHeaders read(Section listener) {
        Map<String, Map<String, List<String>>> byStatus = new LinkedHashMap<>();
        for (Section.Stanza status : listener.stanzas(1, "custom_response_headers")) {
            Map<String, List<String>> headers = headers(status);
            if (byStatus.put(status.label(0), headers) != null) {
                throw status.error("custom_response_headers: this status stands twice");
            }
            check(status, headers);
        }
        return byStatus.isEmpty() ? ResponseHeaders.NONE : new ResponseHeaders(byStatus);
    }

    private static Map<String, List<String>> headers(Section.Stanza status) {
        String[] names = status.block().body().items().stream()
                .map(Item::name)
                .distinct()
                .toArray(String[]::new);
        Section section = status.with(Keys.settings(names));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : names) {
            Optional<List<String>> values = section.texts(name);
            values.ifPresent(texts -> headers.put(name, texts));
        }
        return headers;
    }

    /// Here, and not only for all together, so that the error has the line.
    private static void check(Section.Stanza status, Map<String, List<String>> headers) {
        status.with(Keys.settings(headers.keySet().toArray(String[]::new)))
                .make(() -> new ResponseHeaders(Map.of(status.label(0), headers)));
    }
}
