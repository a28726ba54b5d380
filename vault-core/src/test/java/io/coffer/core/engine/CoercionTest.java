// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoercionTest {
    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Route route(Operation operation, Field... fields) {
        return Route.reads("p/:name", operation, "Help.", (call, reader) -> Response.NO_CONTENT)
                .with(fields);
    }

    private static Coercion.Result update(Route route, String body) {
        return Coercion.coerce(route, (Json.Obj) parse(body), Map.of(), Map.of(), Map.of());
    }

    @Test
    void writesReadTheBodyAndOthersTheQuery() {
        Field[] fields = {Field.text("a", "Help."), Field.texts("b", "Help.")};
        Json.Obj body = (Json.Obj) parse("{\"a\":\"body\"}");
        Map<String, List<String>> query = Map.of("a", List.of("query"), "b", List.of("x", "y"));
        for (Operation operation : Operation.values()) {
            Values values = ((Coercion.Coerced)
                            Coercion.coerce(route(operation, fields), body, query, Map.of(), Map.of()))
                    .values();
            boolean write = operation == Operation.UPDATE || operation == Operation.PATCH;
            assertThat(values.text("a")).as("%s", operation).hasValue(write ? "body" : "query");
            assertThat(values.strings("b"))
                    .as("%s", operation)
                    .isEqualTo(write ? Optional.empty() : Optional.of(List.of("x", "y")));
        }
        assertThat(Coercion.coerce(
                        route(Operation.READ, fields), Json.EMPTY, Map.of("a", List.of("x", "y")), Map.of(), Map.of()))
                .isInstanceOf(Coercion.Refused.class);
    }

    @Test
    void theQueryOfAReadTakesSingleTextsAsAnyType() {
        Coercion.Coerced coerced = (Coercion.Coerced) Coercion.coerce(
                route(Operation.READ, Field.number("n", "Help."), Field.flag("f", "Help.")),
                Json.EMPTY,
                Map.of("n", List.of("7"), "f", List.of("True")),
                Map.of(),
                Map.of());
        assertThat(coerced.values().number("n")).hasValue(7);
        assertThat(coerced.values().flag("f")).hasValue(true);
    }

    @Test
    void whatThePathCapturesWins() {
        Route route = route(Operation.UPDATE, Field.text("name", "Help."), Field.number("version", "Help."));
        Coercion.Coerced coerced = (Coercion.Coerced) Coercion.coerce(
                route,
                (Json.Obj) parse("{\"name\":\"body\",\"x\":1}"),
                Map.of(),
                Map.of("name", "path", "version", "3", "rest", "a/b"),
                Map.of());
        assertThat(coerced.values().captured("name")).isEqualTo("path");
        assertThat(coerced.values().captured("rest")).isEqualTo("a/b");
        assertThat(coerced.values().number("version")).hasValue(3);
        assertThat(coerced.warnings())
                .containsExactly(
                        "Endpoint ignored these unrecognized parameters: [x]",
                        "Endpoint replaced the value of these parameters with the values captured from the endpoint's path: [name]");
        assertThat(Coercion.coerce(route, Json.EMPTY, Map.of(), Map.of("version", "x"), Map.of()))
                .isInstanceOf(Coercion.Refused.class);
    }

    @Test
    void defaultsStandWhereNothingIs() {
        Route route = route(Operation.UPDATE, Field.number("n", "Help.").or(Json.of(5)), Field.flag("f", "Help."));
        for (String body : new String[] {"{}", "{\"n\":null}"}) {
            Values values = ((Coercion.Coerced) update(route, body)).values();
            assertThat(values.number("n")).hasValue(5);
            assertThat(values.has("f")).isFalse();
        }
        assertThat(((Coercion.Coerced) update(route, "{\"n\":0}")).values().number("n"))
                .hasValue(0);
    }

    @Test
    void unknownNamesAreListedInOrderAndNotWithoutEnd() {
        Route route = route(Operation.UPDATE, Field.text("a", "Help."));
        assertThat(((Coercion.Coerced) update(route, "{\"z\":1,\"b\":{},\"a\":\"x\",\"B\":null}")).warnings())
                .containsExactly("Endpoint ignored these unrecognized parameters: [B b z]");
        assertThat(((Coercion.Coerced) update(route, "{\"a\":\"x\"}")).warnings())
                .isEmpty();
        assertThat(((Coercion.Coerced) update(route.withOpenFields(), "{\"z\":1}")).warnings())
                .isEmpty();
        List<String> members = new ArrayList<>(
                IntStream.range(1000, 2000).mapToObj(i -> "\"f" + i + "\":1").toList());
        String warning = ((Coercion.Coerced) update(route, "{" + String.join(",", members) + "}"))
                .warnings()
                .getFirst();
        assertThat(warning).contains("f1000 f1001").endsWith("f1049] and 950 more");
    }

    @Test
    void onlyBareRoutesTakeNamesInAnyCase() {
        Route route = route(Operation.UPDATE, Field.text("key", "Help."));
        assertThat(((Coercion.Coerced) update(route, "{\"KEY\":\"x\"}")).unknown())
                .containsExactly("KEY");
        Route bare = route.shape(Shape.RAW);
        assertThat(((Coercion.Coerced) update(bare, "{\"KeY\":\"x\"}")).values().text("key"))
                .hasValue("x");
        assertThat(update(bare, "{\"key\":\"x\",\"KEY\":\"y\"}"))
                .isEqualTo(new Coercion.Refused(
                        "Field validation failed: error converting input for field \"key\": it is given twice"));
        assertThat(bare.field("KEY")).isPresent();
        assertThat(route.field("KEY")).isEmpty();
    }

    @Test
    void secretsStandApart() {
        Route route = route(Operation.UPDATE, Field.secret("key", "Help."), Field.text("a", "Help."));
        try (Secret secret = Secret.takeFrom(new byte[] {1, 2, 3})) {
            Coercion.Coerced coerced = (Coercion.Coerced) Coercion.coerce(
                    route, (Json.Obj) parse("{\"a\":\"x\"}"), Map.of(), Map.of(), Map.of("key", secret));
            assertThat(coerced.values().secret("key")).hasValue(secret);
            assertThat(coerced.values().has("key")).isFalse();
            assertThat(coerced.unknown()).isEmpty();
        }
        assertThat(update(route, "{\"key\":5}")).isInstanceOf(Coercion.Refused.class);
        assertThat(((Coercion.Coerced) update(route, "{\"key\":null}")).values().secret("key"))
                .isEmpty();
    }
}
