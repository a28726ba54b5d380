// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Headers that a listener adds to its answers, by status: `default`, a class as `4xx`, or a code as `404`.
/// The more exact wins, name by name.
///
/// @param byStatus status to name to values
public record ResponseHeaders(Map<String, Map<String, List<String>>> byStatus) {
    public static final ResponseHeaders NONE = new ResponseHeaders(Map.of());

    /// More than anyone writes by hand.
    public static final int MAX_NAMES = 100;

    private static final Pattern STATUS = Pattern.compile("default|[1-5]xx|[1-5][0-9][0-9]");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,4096}");

    public ResponseHeaders {
        Map<String, Map<String, List<String>>> copy = new LinkedHashMap<>();
        byStatus.forEach((status, headers) -> copy.put(checkedStatus(status), checked(headers)));
        byStatus = Map.copyOf(copy);
    }

    /// What an answer with this status gets.
    public Map<String, List<String>> forStatus(int status) {
        Map<String, Map.Entry<String, List<String>>> found = new LinkedHashMap<>();
        for (String key : List.of("default", status / 100 + "xx", Integer.toString(status))) {
            byStatus.getOrDefault(key, Map.of())
                    .forEach((name, values) -> found.put(name.toLowerCase(Locale.ROOT), Map.entry(name, values)));
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        found.values().forEach(header -> headers.put(header.getKey(), header.getValue()));
        return headers;
    }

    private static String checkedStatus(String status) {
        if (!STATUS.matcher(status).matches()) {
            throw new IllegalArgumentException(
                    "custom_response_headers: expected a status as \"default\", \"4xx\" or \"404\"");
        }
        return status;
    }

    private static Map<String, List<String>> checked(Map<String, List<String>> headers) {
        if (headers.size() > MAX_NAMES) {
            throw new IllegalArgumentException("custom_response_headers: more than " + MAX_NAMES + " headers");
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("custom_response_headers: expected a name that HTTP allows");
            }
            if (name.toLowerCase(Locale.ROOT).startsWith("x-vault-")) {
                throw new IllegalArgumentException("custom_response_headers: names in X-Vault- are reserved");
            }
            if (!values.stream().allMatch(value -> VALUE.matcher(value).matches())) {
                throw new IllegalArgumentException(
                        "custom_response_headers: expected printable ASCII as the value of " + name);
            }
            copy.put(name, List.copyOf(values));
        });
        return Map.copyOf(copy);
    }
}
