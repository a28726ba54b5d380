// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.barrier.Barrier;
import io.coffer.core.engine.OpenBarrier;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.storage.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Random policies, written as text, stored, parsed and compiled, against {@link SlowAcl}. As many questions as
/// `-Dcoffer.acl.questions=1000000` says.
class AclModelTest {
    private static final int QUESTIONS = Integer.getInteger("coffer.acl.questions", 100_000);
    private static final int QUESTIONS_A_WORLD = 100;
    private static final List<String> SEGMENTS = List.of("a", "b", "ab", "abc", "a+b", "*a", "é");
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final List<String> VALUES = List.of("x", "y", "xy", "5");
    /// Values that are no text, of which some are the same; in HCL and JSON alike.
    private static final List<String> OTHERS = List.of("5", "5.0", "50", "true", "false");
    private static final List<String> KEYS = List.of("k1", "k2", "k3");
    /// What an entity may be called; some of it must not fill in a template.
    private static final List<String> FILLINGS =
            List.of("a", "ab", "b", "*", "a*", "+", "a+", "+*", "a/b", "/", "", "{{k1}}", "a+b");
    private static final List<String> VERBS =
            List.of("create", "read", "update", "patch", "delete", "list", "scan", "sudo");

    private final long seed = Long.getLong("coffer.seed", System.nanoTime());
    private final Random dice = new Random(seed);
    private final Barrier barrier = OpenBarrier.of(Runnable::run, Scope.SYSTEM);
    private final PolicyStore store = new PolicyStore();
    private final Acls acls = new Acls(store);
    /// Few make many forms that match the same path.
    private int segments;

    @Test
    void theCompiledRulesSayWhatTheContractSaysOfEveryQuestion() {
        int allowed = 0;
        for (int asked = 0; asked < QUESTIONS; asked += QUESTIONS_A_WORLD) {
            Map<String, Written> policies = policies();
            Map<String, String> metadata = metadata();
            Acl acl = compiled(policies, metadata);
            SlowAcl slow = new SlowAcl(policies.values().stream()
                    .flatMap(policy -> policy.filledIn(metadata).stream())
                    .toList());
            for (int i = 0; i < QUESTIONS_A_WORLD; i++) {
                SlowAcl.Question question = question();
                boolean expected = slow.allows(question);
                allowed += expected ? 1 : 0;
                assertThat(acl.check(ask(question)) instanceof Ruling.Allowed)
                        .as("seed %d: %s of %s with %s", seed, question, metadata, policies)
                        .isEqualTo(expected);
                assertThat(Set.copyOf(acl.capabilities(new RequestPath(question.path()))
                                .names()))
                        .as("seed %d: %s of %s with %s", seed, question, metadata, policies)
                        .isEqualTo(slow.capabilities(question.path()));
                assertThat(acl.hasSudo(new RequestPath(question.path())))
                        .as("seed %d: %s of %s with %s", seed, question, metadata, policies)
                        .isEqualTo(slow.hasSudo(question.path()));
            }
        }
        assertThat(allowed).as("seed %d", seed).isBetween(QUESTIONS / 50, QUESTIONS / 2);
    }

    /// @param wildcards whether templates may be filled in with `*` and `+`
    /// @param slashes whether templates may be filled in with '/'
    private record Written(List<SlowAcl.Line> lines, boolean wildcards, boolean slashes) {
        List<SlowAcl.Line> filledIn(Map<String, String> metadata) {
            return lines.stream()
                    .flatMap(line -> line.filledIn(metadata, wildcards, slashes).stream())
                    .toList();
        }

        StoredPolicy stored() {
            return StoredPolicy.of(
                    text(lines),
                    new StoredPolicy.Extras(1, false, Instant.EPOCH, Optional.empty(), wildcards, slashes, true));
        }
    }

    private Acl compiled(Map<String, Written> policies, Map<String, String> metadata) {
        Subject subject = new Subject("id", "name", metadata, List.of(), List.of(), List.of());
        return barrier.govern(writer -> {
                    policies.forEach((name, policy) -> store.put(writer, PolicyName.of(name), policy.stored()));
                    return acls.of(writer, List.copyOf(policies.keySet()), subject, Instant.EPOCH);
                })
                .toCompletableFuture()
                .join();
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>();
        for (String key : KEYS) {
            if (dice.nextInt(6) > 0) {
                metadata.put(key, FILLINGS.get(dice.nextInt(dice.nextInt(3) == 0 ? 3 : FILLINGS.size())));
            }
        }
        return metadata;
    }

    private Map<String, Written> policies() {
        segments = dice.nextInt(3) == 0 ? 1 : SEGMENTS.size();
        List<String> pool = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pool.add(pattern());
        }
        Map<String, Written> policies = new LinkedHashMap<>();
        for (int i = 1 + dice.nextInt(3); i > 0; i--) {
            List<SlowAcl.Line> lines = new ArrayList<>();
            for (int j = dice.nextInt(7); j >= 0; j--) {
                lines.add(line(pool.get(dice.nextInt(pool.size()))));
            }
            policies.put("p" + i, new Written(lines, dice.nextInt(4) == 0, dice.nextInt(4) == 0));
        }
        return policies;
    }

    private SlowAcl.Line line(String pattern) {
        Set<String> capabilities = new TreeSet<>();
        for (int i = dice.nextInt(6); i > 0; i--) {
            capabilities.add(VERBS.get(dice.nextInt(VERBS.size())));
        }
        if (dice.nextInt(8) == 0) {
            capabilities.add("deny");
        }
        boolean plain = dice.nextBoolean();
        int least = plain ? 0 : dice.nextInt(4);
        int most = plain || dice.nextBoolean() ? 0 : least + dice.nextInt(3);
        return new SlowAcl.Line(
                pattern,
                capabilities,
                plain || dice.nextInt(4) > 0 ? List.of() : List.of(spelled()),
                plain ? Map.of() : rules(),
                plain ? Map.of() : rules(),
                dice.nextInt(3) == 0 ? least : 0,
                dice.nextInt(3) == 0 && (most >= least) ? most : 0);
    }

    private Map<String, List<String>> rules() {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        for (int i = dice.nextInt(3); i > 0; i--) {
            List<String> values = new ArrayList<>();
            for (int j = dice.nextInt(3); j > 0; j--) {
                String value = (dice.nextInt(8) == 0 ? "*" : "") + one(VALUES) + (dice.nextInt(4) == 0 ? "*" : "");
                values.add(dice.nextInt(5) == 0 ? one(OTHERS) : '"' + value + '"');
            }
            String name = dice.nextInt(5) == 0 ? "*" : spelled();
            rules.keySet().removeIf(name::equalsIgnoreCase);
            rules.put(name, values);
        }
        return rules;
    }

    private SlowAcl.Question question() {
        String verb = dice.nextInt(8) == 0 ? "write" : VERBS.get(dice.nextInt(VERBS.size() - 1));
        boolean lists = verb.equals("list") || verb.equals("scan");
        String path = path();
        Map<String, String> parameters = new HashMap<>();
        for (int i = dice.nextInt(3); i > 0; i--) {
            parameters.put(spelled(), dice.nextInt(5) == 0 ? one(OTHERS) : '"' + one(VALUES) + '"');
        }
        return new SlowAcl.Question(
                verb,
                lists || dice.nextInt(6) == 0 ? path + "/" : path,
                dice.nextInt(5) == 0,
                dice.nextInt(3) == 0 ? 1 + dice.nextInt(5) : 0,
                dice.nextInt(4) == 0 ? null : parameters);
    }

    private Ask ask(SlowAcl.Question question) {
        Operation operation =
                switch (question.verb()) {
                    case "create", "update", "write" -> Operation.UPDATE;
                    default -> Operation.valueOf(question.verb().toUpperCase(Locale.ROOT));
                };
        Ask ask = Ask.of(
                operation,
                new RequestPath(question.path()),
                question.verb().equals("write"),
                question.sudo(),
                question.wrap() == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(question.wrap())));
        boolean untold = question.verb().equals("write") || question.verb().equals("update") && dice.nextBoolean();
        Ask known = operation == Operation.UPDATE && !untold
                ? ask.onto(question.verb().equals("update"))
                : ask;
        Map<String, String> parameters = question.parameters();
        if (parameters == null) {
            return known;
        }
        Map<String, Json> values = new HashMap<>();
        parameters.forEach(
                (name, value) -> values.put(name, JsonText.DEFAULT.parse(value.getBytes(StandardCharsets.UTF_8))));
        return known.with(values);
    }

    private String path() {
        StringBuilder path = new StringBuilder(segment());
        for (int i = dice.nextInt(4); i > 0; i--) {
            path.append('/').append(dice.nextInt(12) == 0 ? "+" : segment());
        }
        return path.toString();
    }

    /// As a path, with wildcards: some whole segments `+`, maybe a '/' or a `*` at the end; or what
    /// somebody's name may make a forbidden form of.
    private String pattern() {
        if (dice.nextInt(8) == 0) {
            return segment() + "/" + template() + "*";
        }
        StringBuilder pattern = new StringBuilder();
        for (int i = dice.nextInt(4); i >= 0; i--) {
            pattern.append(pattern.isEmpty() ? "" : "/").append(dice.nextInt(3) == 0 ? "+" : written());
        }
        String end = List.of("", "", "/", "/*", "*", "b*").get(dice.nextInt(6));
        String whole = pattern + end;
        return whole.contains("+*") ? pattern + "/*" : dice.nextInt(30) == 0 ? "*" : whole;
    }

    /// A segment, or a template of one.
    private String written() {
        return dice.nextInt(3) > 0 ? segment() : template();
    }

    private String template() {
        return (dice.nextBoolean() ? segment() : "") + "{{identity.entity.metadata." + one(KEYS) + "}}";
    }

    private String segment() {
        return SEGMENTS.get(dice.nextInt(segments));
    }

    /// A name of a parameter, sometimes in capitals.
    private String spelled() {
        String name = one(NAMES);
        return dice.nextInt(6) == 0 ? name.toUpperCase(Locale.ROOT) : name;
    }

    private String one(List<String> choices) {
        return choices.get(dice.nextInt(choices.size()));
    }

    private static String text(List<SlowAcl.Line> lines) {
        StringBuilder text = new StringBuilder();
        for (SlowAcl.Line line : lines) {
            text.append("path \"").append(line.pattern()).append("\" {\n  capabilities = ");
            text.append(list(line.capabilities())).append('\n');
            text.append("  required_parameters = ")
                    .append(list(line.required()))
                    .append('\n');
            text.append("  allowed_parameters = ").append(map(line.allowed())).append('\n');
            text.append("  denied_parameters ").append(map(line.denied())).append('\n');
            text.append("  min_wrapping_ttl = ").append(line.leastWrap()).append('\n');
            text.append("  max_wrapping_ttl = \"").append(line.mostWrap()).append("s\"\n}\n");
        }
        return text.toString();
    }

    private static String list(Iterable<String> texts) {
        List<String> quoted = new ArrayList<>();
        texts.forEach(text -> quoted.add('"' + text + '"'));
        return quoted.toString();
    }

    private static String map(Map<String, List<String>> rules) {
        StringBuilder text = new StringBuilder("{");
        rules.forEach((name, values) ->
                text.append(" \"").append(name).append("\" = ").append(values).append('\n'));
        return text.append('}').toString();
    }
}
