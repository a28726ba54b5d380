// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What a caller may do: all his policies, compiled. Immutable, and the one place that decides.
///
/// One rule applies to a path: the literal one, else of those that match with wildcards the one of the highest
/// priority. It replaces all others; rules of different forms do not add up.
public final class Acl {
    /// May do nothing.
    public static final Acl NONE = of(List.of(), List.of(), List.of());
    /// May do everything.
    public static final Acl ROOT = new Acl(List.of(), List.of(PolicyName.ROOT), List.of(), true);

    private static final List<String> ROOT_ALONE = List.of(PolicyName.ROOT.value());

    private final List<Rule> rules;
    private final List<PolicyName> policies;
    private final List<String> names;
    private final List<LeftOut> leftOut;
    private final boolean root;
    private final RuleTree tree;
    private final TreeSet<String> granting = new TreeSet<>();
    private final List<PathGlob> grantingWildcards = new ArrayList<>();

    private Acl(Collection<Rule> rules, List<PolicyName> policies, List<LeftOut> leftOut, boolean root) {
        this.rules = List.copyOf(rules);
        this.policies = List.copyOf(policies);
        this.names = policies.stream().map(PolicyName::value).toList();
        this.leftOut = List.copyOf(leftOut);
        this.root = root;
        this.tree = new RuleTree(rules);
        for (Rule rule : rules) {
            if (rule.capabilities().grants()) {
                granting.add(String.join("/", rule.glob().segments()));
                grantingWildcards.add(rule.glob());
            }
        }
        grantingWildcards.removeIf(glob -> glob.segments().stream().noneMatch(PathGlob::isWildcard));
    }

    /// @param rules of which no two have the same form of path
    /// @param policies that they come from
    /// @param leftOut of these policies
    static Acl of(Collection<Rule> rules, List<PolicyName> policies, List<LeftOut> leftOut) {
        return new Acl(rules, policies, leftOut, false);
    }

    public boolean isRoot() {
        return root;
    }

    /// The policies of the caller, those that somebody else adds too.
    public List<PolicyName> policies() {
        return policies;
    }

    /// Their names.
    public List<String> names() {
        return names;
    }

    /// The policies whose rule allows what was asked.
    public List<String> granting(Ask ask, Ruling ruling) {
        return root ? ROOT_ALONE : ruling.rule().map(rule -> rule.granting(ask)).orElse(List.of());
    }

    /// What of these policies counts for nothing.
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /// Every rule, in the order in which the policies have them.
    public List<Rule> rules() {
        return rules;
    }

    public Ruling check(Ask ask) {
        if (root || ask.operation() == Operation.HELP) {
            return Ruling.Allowed.WITHOUT_RULE;
        }
        Optional<Rule> rule = rule(ask.path().value(), ask.lists());
        if (rule.isEmpty()) {
            return Ruling.Refused.NO_RULE;
        }
        Ruling ruling = rule.get().judge(ask);
        return ruling instanceof Ruling.Allowed && ask.path().isFolder() && !ask.lists()
                ? asNamed(rule.get(), ask).orElse(ruling)
                : ruling;
    }

    /// A '/' at the end of what is no list changes nothing about what is meant, so it may not slip past a rule for
    /// the path without it that takes precedence.
    private Optional<Ruling> asNamed(Rule rule, Ask ask) {
        return rule(withoutSlash(ask.path().value()), false)
                .filter(rule::yieldsTo)
                .map(named -> named.judge(ask));
    }

    /// What is allowed on a path whatever the operation; looked up as lists are, whose rules may lack the '/'.
    public Capabilities capabilities(RequestPath path) {
        return rule(path.value(), true).map(Rule::capabilities).orElse(Capabilities.NONE);
    }

    /// Whether the rule for a path has {@link Capability#SUDO}.
    public boolean hasSudo(RequestPath path) {
        return root
                || rule(path.value(), false)
                        .filter(rule -> rule.capabilities().has(Capability.SUDO))
                        .isPresent();
    }

    /// Whether anything is allowed on a mount or below it, so that it may be shown.
    ///
    /// @param mount with a '/' at its end
    public boolean reaches(String mount) {
        if (root
                || rule(mount, true)
                        .map(Rule::capabilities)
                        .orElse(Capabilities.NONE)
                        .grants()) {
            return true;
        }
        String next = granting.ceiling(mount);
        return next != null && next.startsWith(mount)
                || grantingWildcards.stream().anyMatch(glob -> reaches(glob, mount));
    }

    /// The entries of a list that a rule with a filter lets through.
    ///
    /// @param path of the list, with a '/' at its end
    public List<String> shown(Rule rule, RequestPath path, List<String> entries) {
        return entries.stream()
                .filter(entry -> rule.pathOfEntry(path.value(), entry)
                        .filter(this::mayRead)
                        .isPresent())
                .toList();
    }

    private boolean mayRead(RequestPath path) {
        Operation operation = path.isFolder() ? Operation.LIST : Operation.READ;
        return check(Ask.of(operation, path, false, false, Optional.empty())) instanceof Ruling.Allowed;
    }

    private Optional<Rule> rule(String path, boolean lists) {
        Optional<Rule> literal = tree.literal(path);
        boolean folder = lists && path.endsWith("/");
        if (literal.isEmpty() && folder) {
            literal = tree.literal(withoutSlash(path));
        }
        if (literal.isPresent()) {
            return literal;
        }
        Optional<Rule> best = tree.best(path);
        return best.isEmpty() && folder ? tree.best(withoutSlash(path)) : best;
    }

    /// Whether a form with `+` matches something below a mount.
    private static boolean reaches(PathGlob glob, String mount) {
        String[] names = mount.substring(0, mount.length() - 1).split("/", -1);
        List<String> segments = glob.segments();
        for (int i = 0; i < names.length; i++) {
            if (i == segments.size()) {
                return false;
            }
            String segment = segments.get(i);
            if (glob.isPrefix() && i == segments.size() - 1) {
                return names[i].startsWith(segment);
            }
            if (!PathGlob.isWildcard(segment) && !segment.equals(names[i])) {
                return false;
            }
        }
        return segments.size() > names.length;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
