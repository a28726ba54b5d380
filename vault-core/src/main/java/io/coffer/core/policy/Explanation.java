// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.Durations;
import io.coffer.core.request.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A ruling in words: which rule of which policy decided, under which conditions it allows, and what would be needed
/// where it does not.
///
/// @param rule empty if no rule is for the path
/// @param conditions that a request must satisfy as well
/// @param needed what to change; empty if it is allowed
public record Explanation(boolean allowed, String reason, Optional<Rule> rule, List<String> conditions, String needed) {
    public Explanation {
        conditions = List.copyOf(conditions);
    }

    /// @param wanted the one capability that is asked for
    public static Explanation of(Acl acl, Ask ask, Capability wanted) {
        return switch (acl.check(ask)) {
            case Ruling.Allowed(Optional<Rule> rule) ->
                new Explanation(
                        true,
                        rule.map(Explanation::allows).orElse("policy \"root\" allows everything"),
                        rule,
                        rule.map(found -> conditions(found, ask)).orElse(List.of()),
                        "");
            case Ruling.Refused(var reason, var parameter, Optional<Rule> rule) ->
                new Explanation(
                        false,
                        rule.map(found -> refuses(reason, found, wanted)).orElse("no rule is for this path"),
                        rule,
                        List.of(),
                        rule.map(found -> needed(reason, found, wanted, ask)).orElseGet(() -> stanza(ask, wanted)));
        };
    }

    /// `policy "dev", line 3: path "secret/*"`
    private static String where(Rule rule) {
        return rule.sources().stream()
                .map(source -> "policy " + PolicyParser.shown(source.policy().value()) + ", line " + source.line())
                .collect(Collectors.joining(" and ", "", ": path " + PolicyParser.shown(rule.pattern())));
    }

    private static String allows(Rule rule) {
        return where(rule) + " allows it";
    }

    private static String refuses(Ruling.Reason reason, Rule rule, Capability wanted) {
        return where(rule)
                + switch (reason) {
                    case NO_RULE -> throw new IllegalArgumentException("there is a rule");
                    case DENIED -> " denies everything";
                    case CAPABILITY ->
                        rule.capabilities().grants()
                                ? " allows "
                                        + String.join(", ", rule.capabilities().names()) + ", and not "
                                        + wanted.wireName()
                                : " allows nothing";
                    case SUDO -> " allows " + wanted.wireName() + ", and the path asks for sudo too";
                    case WRAPPING -> " allows it only " + wrapped(rule.terms().wrapping());
                    case PARAMETER -> " does not allow these parameters";
                };
    }

    private static String needed(Ruling.Reason reason, Rule rule, Capability wanted, Ask ask) {
        return switch (reason) {
            case NO_RULE -> throw new IllegalArgumentException("there is a rule");
            case DENIED -> takeOut(rule) + instead(rule, ask, wanted);
            case CAPABILITY ->
                "add \"" + wanted.wireName() + (ask.sudo() ? "\" and \"sudo" : "") + "\" to the capabilities of "
                        + where(rule) + instead(rule, ask, wanted);
            case SUDO -> "add \"sudo\" to the capabilities of " + where(rule) + instead(rule, ask, wanted);
            case WRAPPING ->
                rule.terms().wrapping().isEmpty()
                        ? "let the wrapping times of " + where(rule) + " leave room for one"
                        : "ask for an answer that is " + wrapped(rule.terms().wrapping());
            case PARAMETER -> "change the parameters";
        };
    }

    private static String takeOut(Rule rule) {
        return "take \"deny\" out of "
                + rule.sources().stream()
                        .filter(source -> source.capabilities().has(Capability.DENY))
                        .map(source ->
                                "policy " + PolicyParser.shown(source.policy().value()) + ", line " + source.line())
                        .collect(Collectors.joining(" and of "));
    }

    /// A rule for this very path takes precedence over every other.
    private static String instead(Rule rule, Ask ask, Capability wanted) {
        return rule.isLiteral() ? "" : "; or add a rule for this path alone:\n" + stanza(ask, wanted);
    }

    private static String stanza(Ask ask, Capability wanted) {
        String path = ask.path().value();
        String plain = ask.lists() && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return "path \"" + plain.replace("\\", "\\\\").replace("\"", "\\\"") + "\" {\n  capabilities = [\""
                + wanted.wireName() + (ask.sudo() ? "\", \"sudo" : "") + "\"]\n}";
    }

    private static List<String> conditions(Rule rule, Ask ask) {
        List<String> all = new ArrayList<>();
        if (ask.lists()) {
            if (rule.pageLimit() > 0) {
                all.add("at most " + rule.pageLimit() + " entries are asked for at once");
            }
            if (rule.filtersEntries()) {
                all.add("only entries are shown that may be read");
            }
            return all;
        }
        if (!rule.terms().wrapping().equals(WrapRange.ANY)) {
            all.add("the answer is " + wrapped(rule.terms().wrapping()));
        }
        ParameterRules parameters = rule.terms().parameters();
        if (!parameters.required().isEmpty()) {
            all.add("these parameters are given: " + String.join(", ", parameters.required()));
        }
        if (parameters.denied().containsKey(ParameterRules.ANY)) {
            all.add("no parameters are given");
        } else if (!parameters.denied().isEmpty()) {
            all.add("these parameters are not given: " + named(parameters.denied()));
        }
        if (!parameters.allowed().containsKey(ParameterRules.ANY)
                && !parameters.allowed().isEmpty()) {
            all.add("no parameters are given but these: " + named(parameters.allowed()));
        } else if (!bound(parameters.allowed()).isEmpty()) {
            all.add("these parameters have certain values, if they are given: " + bound(parameters.allowed()));
        }
        return all;
    }

    private static String named(Map<String, List<Json>> rules) {
        return rules.keySet().stream()
                .sorted()
                .map(name -> rules.getOrDefault(name, List.of()).isEmpty() ? name : name + " (certain values)")
                .collect(Collectors.joining(", "));
    }

    /// Those whose values are named; of the name that stands for every other, that means nothing.
    private static String bound(Map<String, List<Json>> rules) {
        return rules.keySet().stream()
                .filter(name -> !name.equals(ParameterRules.ANY)
                        && !rules.getOrDefault(name, List.of()).isEmpty())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String wrapped(WrapRange range) {
        String least = range.least().isZero() ? "" : " for at least " + Durations.format(range.least());
        String most = range.most().isZero()
                ? ""
                : (least.isEmpty() ? " for" : " and") + " at most " + Durations.format(range.most());
        return "wrapped" + least + most;
    }
}
