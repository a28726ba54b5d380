// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergePatchTest {
    /// Target, patch and result, from appendix A of RFC 7396.
    private static final String[][] VECTORS = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":\"b\",\"b\":\"c\"}", "{\"a\":null}", "{\"b\":\"c\"}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"c\"}", "{\"a\":[\"b\"]}", "{\"a\":[\"b\"]}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"{\"a\":[{\"b\":\"c\"}]}", "{\"a\":[1]}", "{\"a\":[1]}"},
        {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
        {"{\"a\":\"b\"}", "[\"c\"]", "[\"c\"]"},
        {"{\"a\":\"foo\"}", "null", "null"},
        {"{\"a\":\"foo\"}", "\"bar\"", "\"bar\""},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };

    @Test
    void theExamplesOfTheStandardHold() {
        for (String[] vector : VECTORS) {
            assertThat(text(MergePatch.apply(parse(vector[0]), parse(vector[1]))))
                    .as("%s with %s", vector[0], vector[1])
                    .isEqualTo(vector[2]);
        }
    }

    @Test
    void numbersThatAPatchDoesNotNameKeepTheirDigits() {
        String target = "{\"a\":1.0,\"b\":{\"c\":1e3,\"d\":[0.1000,-0.0]},\"e\":12345678901234567890}";
        assertThat(text(MergePatch.apply(parse(target), parse("{\"b\":{\"x\":2.50}}"))))
                .isEqualTo("{\"a\":1.0,\"b\":{\"c\":1e3,\"d\":[0.1000,-0.0],\"x\":2.50},\"e\":12345678901234567890}");
    }

    @Test
    void aPatchIsIdempotentAndLeavesNoNullOfItsOwn() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Json target = tree(random, 3);
            Json patch = object(random, 3);
            Json once = MergePatch.apply(target, patch);
            assertThat(text(MergePatch.apply(once, patch))).as("seed %s", seed).isEqualTo(text(once));
            assertThat(text(MergePatch.apply(target, Json.EMPTY)))
                    .as("seed %s", seed)
                    .isEqualTo(target instanceof Json.Obj ? text(target) : "{}");
            check((Json.Obj) once, (Json.Obj) patch, target, seed);
        }
    }

    private static void check(Json.Obj result, Json.Obj patch, Json target, long seed) {
        Map<String, Json> before = target instanceof Json.Obj object ? object.members() : Map.of();
        patch.members().forEach((name, change) -> {
            if (change instanceof Json.Null) {
                assertThat(result.has(name)).as("seed %s, %s", seed, name).isFalse();
            } else if (change instanceof Json.Obj nested) {
                check((Json.Obj) result.get(name), nested, before.getOrDefault(name, Json.NULL), seed);
            } else {
                assertThat(text(result.get(name))).as("seed %s, %s", seed, name).isEqualTo(text(change));
            }
        });
        before.forEach((name, value) -> {
            if (!patch.has(name)) {
                assertThat(text(result.get(name))).as("seed %s, %s", seed, name).isEqualTo(text(value));
            }
        });
    }

    private static Json tree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> Json.NULL;
            case 1 -> new Json.Num(random.nextInt(100) + "." + random.nextInt(10) + "0");
            case 2 -> Json.of("t" + random.nextInt(5));
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> new Json.Arr(List.of(tree(random, depth - 1), tree(random, depth - 1)));
            default -> object(random, depth - 1);
        };
    }

    private static Json.Obj object(Random random, int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put("k" + random.nextInt(4), tree(random, depth));
        }
        return new Json.Obj(members);
    }

    private static Json parse(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Json value) {
        return new String(JsonText.write(value), StandardCharsets.UTF_8);
    }
}
