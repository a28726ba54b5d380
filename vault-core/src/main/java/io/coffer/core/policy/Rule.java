// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.request.RequestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What all policies of a caller say together of one form of path.
public final class Rule {
    private final PathGlob glob;
    private final Terms terms;
    private final List<Source> sources;
    private final List<String> policies;
    private final Ruling allowed = new Ruling.Allowed(Optional.of(this));

    /// Where a part of a rule was written.
    ///
    /// @param label the path as it stands in the policy, templates not filled in
    /// @param capabilities what this part adds
    public record Source(PolicyName policy, String label, int line, int column, Capabilities capabilities) {}

    Rule(PathGlob glob, Terms terms, List<Source> sources) {
        this.glob = glob;
        this.terms = terms;
        this.sources = List.copyOf(sources);
        this.policies = sources.stream()
                .map(source -> source.policy().value())
                .distinct()
                .toList();
    }

    /// This rule and what another policy says of the same form of path.
    Rule with(Rule other) {
        List<Source> all = new ArrayList<>(sources);
        all.addAll(other.sources);
        return new Rule(glob, terms.with(other.terms), all);
    }

    /// The form of path, templates filled in.
    public String pattern() {
        return glob.text();
    }

    /// Whether it is for one path and no other.
    public boolean isLiteral() {
        return glob.isLiteral();
    }

    /// The form of path as clients list it: what only begins alike ends before the `*`.
    public String listedPattern() {
        boolean plain = glob.segments().stream().noneMatch(PathGlob::isWildcard);
        return plain ? String.join("/", glob.segments()) : glob.text();
    }

    public Capabilities capabilities() {
        return terms.capabilities();
    }

    /// The most entries that a list may be asked for; 0 for no bound.
    public long pageLimit() {
        return terms.pageLimit();
    }

    /// Whether the entries of a list are to be looked at one by one.
    public boolean filtersEntries() {
        return terms.filter().isPresent();
    }

    /// The path that says whether an entry of a list is shown; empty if there is none.
    Optional<RequestPath> pathOfEntry(String list, String entry) {
        return terms.filter().orElseThrow().pathOf(list, entry);
    }

    /// At least one.
    public List<Source> sources() {
        return sources;
    }

    /// The policies that add to this rule what is asked.
    List<String> granting(Ask ask) {
        return policies.size() == 1
                ? policies
                : sources.stream()
                        .filter(source -> source.capabilities().hasAny(ask.anyOf()))
                        .map(source -> source.policy().value())
                        .distinct()
                        .toList();
    }

    Terms terms() {
        return terms;
    }

    PathGlob glob() {
        return glob;
    }

    /// Whether the other rule is the one to apply where both match.
    boolean yieldsTo(Rule other) {
        return !glob.isLiteral() && (other.glob.isLiteral() || glob.compareTo(other.glob) < 0);
    }

    Ruling judge(Ask ask) {
        if (terms.capabilities().has(Capability.DENY)) {
            return refused(Ruling.Reason.DENIED, "");
        }
        if (!terms.capabilities().hasAny(ask.anyOf())) {
            return refused(Ruling.Reason.CAPABILITY, "");
        }
        if (ask.sudo() && !terms.capabilities().has(Capability.SUDO)) {
            return refused(Ruling.Reason.SUDO, "");
        }
        if (terms.wrapping().isEmpty() || !terms.wrapping().admits(ask.wrap())) {
            return refused(Ruling.Reason.WRAPPING, "");
        }
        Optional<String> offence = ask.parameters().flatMap(terms.parameters()::offence);
        return offence.isPresent() ? refused(Ruling.Reason.PARAMETER, offence.get()) : allowed;
    }

    private Ruling refused(Ruling.Reason reason, String parameter) {
        return new Ruling.Refused(reason, parameter, Optional.of(this));
    }
}
