// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Subject SUBJECT = new Subject(
            "e-1",
            "ann",
            Map.of("team", "blue", "dotted.key", "d"),
            List.of(
                    new Subject.Alias("userpass_1", "a-1", "ann.b", Map.of("uid", "7"), Map.of("shop", "north")),
                    new Subject.Alias("jwt_2", "a-2", "ann@example", Map.of(), Map.of())),
            List.of(
                    new Subject.Group("g-1", "devs", Map.of("cost", "c1")),
                    new Subject.Group("g-2", "ops", Map.of()),
                    new Subject.Group("g-3", "twin", Map.of()),
                    new Subject.Group("g-4", "twin", Map.of())),
            List.of());
    private static final Instant NOW = Instant.ofEpochSecond(1_000_000, 999_999_999);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            identity.entity.id                                      | e-1
            identity.entity.name                                    | ann
            identity.entity.metadata.team                           | blue
            identity.entity.metadata.dotted.key                     | d
            identity.entity.aliases.userpass_1.id                   | a-1
            identity.entity.aliases.userpass_1.name                 | ann.b
            identity.entity.aliases.userpass_1.metadata.uid         | 7
            identity.entity.aliases.userpass_1.custom_metadata.shop | north
            identity.groups.ids.g-1.name                            | devs
            identity.groups.ids.g-1.metadata.cost                   | c1
            identity.groups.names.devs.id                           | g-1
            identity.groups.names.devs.name                         | devs
            time.now                                                | 1000000
            time.now.plus.1h                                        | 1003600
            time.now.minus.10s                                      | 999990
            """)
    void everyExpressionHasItsValue(String expression, String value) {
        assertThat(resolved("a/{{ " + expression + " }}/b*")).contains("a/" + value + "/b*");
        assertThat(resolved("{{" + expression + "}}")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "identity.entity",
                "identity.entity.",
                "identity.entity.email",
                "identity.entity.metadata.",
                "identity.entity.metadata.absent",
                "identity.entity.aliases.other.name",
                "identity.entity.aliases.userpass_1",
                "identity.entity.aliases.userpass_1.metadata.absent",
                "identity.entity.aliases..name",
                "identity.groups.names.others.id",
                "identity.groups.ids.g-1",
                "identity.groups.names.twin.id",
                "time",
                "time.now.plus.",
                "time.now.plus.soon",
                "time.now.plus.-1h",
                "TIME.NOW",
                "entity.id"
            })
    void whatHasNoValueMakesThePathCountForNothing(String expression) {
        assertThat(resolved("a/{{" + expression + "}}")).isEmpty();
        assertThat(resolved("a/{{identity.entity.id}}/{{" + expression + "}}")).isEmpty();
    }

    /// Whoever may choose what he is called must not choose what a rule is for.
    @ParameterizedTest
    @ValueSource(strings = {"*", "ann*", "+", "a+b", "a/b", "/", "../x", ""})
    void aValueThatMeansSomethingInAPathDoesNotResolve(String name) {
        Subject named = new Subject("e", name, Map.of("k", name), List.of(), List.of(), List.of());
        for (String expression : List.of("identity.entity.name", "identity.entity.metadata.k")) {
            assertThat(Template.of("secret/{{" + expression + "}}/x").resolve(named, Template.Leave.NONE, NOW))
                    .isEmpty();
        }
    }

    @Test
    void aPolicyMayBeStoredWithLeaveForThem() {
        Subject star = new Subject("e", "a*", Map.of("k", "b/c"), List.of(), List.of(), List.of());
        Template name = Template.of("{{identity.entity.name}}");
        Template key = Template.of("{{identity.entity.metadata.k}}");
        Template.Leave wildcards = new Template.Leave(true, false);
        Template.Leave slashes = new Template.Leave(false, true);
        assertThat(name.resolve(star, wildcards, NOW)).contains("a*");
        assertThat(name.resolve(star, slashes, NOW)).isEmpty();
        assertThat(key.resolve(star, wildcards, NOW)).isEmpty();
        assertThat(key.resolve(star, slashes, NOW)).contains("b/c");
    }

    @Test
    void aValueIsNotReadAsATemplateOnceMore() {
        Subject named = new Subject("e", "{{identity.entity.id}}", Map.of(), List.of(), List.of(), List.of());
        assertThat(Template.of("{{identity.entity.name}}").resolve(named, Template.Leave.NONE, NOW))
                .contains("{{identity.entity.id}}");
    }

    @Test
    void whoIsNobodyFillsInNothing() {
        assertThat(Template.of("a/{{identity.entity.id}}").resolve(Subject.NOBODY, Template.Leave.NONE, NOW))
                .isEmpty();
    }

    private static Optional<String> resolved(String path) {
        return Template.of(path).resolve(SUBJECT, Template.Leave.NONE, NOW);
    }
}
