// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The published cases, made by an independent generator.
record ShamirVectors(String productTableSha256, String inverseTable, List<Case> cases) {
    /// One split, or one list that must be refused; then it has shares only.
    record Case(Map<String, Object> fields) {
        int id() {
            return (int) field("tcId");
        }

        boolean valid() {
            return field("result").equals("valid");
        }

        int threshold() {
            return (int) field("threshold");
        }

        byte[] bytes(String name) {
            return HexFormat.of().parseHex((String) field(name));
        }

        int[] indexes() {
            return ints(field("x"));
        }

        List<String> shares() {
            return ((List<?>) field("share_hex"))
                    .stream().map(String.class::cast).toList();
        }

        List<int[]> subsets() {
            return ((List<?>) field("subsets")).stream().map(Case::ints).toList();
        }

        String refusal() {
            return (String) field("comment");
        }

        private Object field(String name) {
            return Objects.requireNonNull(fields.get(name), name);
        }

        private static int[] ints(Object list) {
            return ((List<?>) list).stream().mapToInt(Integer.class::cast).toArray();
        }
    }

    static ShamirVectors load() throws IOException {
        try (var file = ShamirVectors.class.getResourceAsStream("/shamir/shamir_gf256.json");
                var parser = new JsonFactory().createParser(file)) {
            parser.nextToken();
            var root = object(parser);
            var cases = new ArrayList<Case>();
            for (var test : (List<?>) root.get("tests")) {
                var fields = new LinkedHashMap<String, Object>();
                ((Map<?, ?>) test).forEach((name, value) -> fields.put((String) name, value));
                cases.add(new Case(fields));
            }
            return new ShamirVectors(
                    (String) root.get("mult_table_sha256"), (String) root.get("inverse_table"), List.copyOf(cases));
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getIntValue();
            default -> parser.getText();
        };
    }
}
