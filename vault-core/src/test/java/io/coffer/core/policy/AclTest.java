// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static io.coffer.core.policy.Rules.lists;
import static io.coffer.core.policy.Rules.may;
import static io.coffer.core.policy.Rules.reads;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which rule applies, case by case; {@link AclModelTest} asks at random.
class AclTest {
    @Test
    void aLiteralRuleReplacesEveryOther() {
        Acl acl = Rules.of("""
                path "secret/*" { capabilities = ["read", "list"] }
                path "secret/x" { capabilities = ["read"] }
                path "secret/y" { capabilities = ["deny"] }
                """);
        assertThat(reads(acl, "secret/x")).isTrue();
        assertThat(lists(acl, "secret/x")).isFalse();
        assertThat(reads(acl, "secret/y")).isFalse();
        assertThat(reads(acl, "secret/z/deep/er")).isTrue();
    }

    @Test
    void anAllowedPathBelowADeniedOneIsAllowed() {
        Acl acl = Rules.of("path \"secret/*\" { policy = \"deny\" }", "path \"secret/x\" { policy = \"read\" }");
        assertThat(reads(acl, "secret/x")).isTrue();
        assertThat(reads(acl, "secret/x2")).isFalse();
    }

    @Test
    void aDenyWipesWhatOtherPoliciesSayOfTheSameForm() {
        String read = "path \"secret/*\" { capabilities = [\"read\"] }";
        String deny = "path \"/secret/*\" { capabilities = [\"read\", \"deny\"] }";
        assertThat(reads(Rules.of(read, deny), "secret/x")).isFalse();
        assertThat(reads(Rules.of(deny, read), "secret/x")).isFalse();
        assertThat(reads(Rules.of(read + "\n" + deny + "\n" + read), "secret/x"))
                .isFalse();
    }

    @Test
    void theLaterFirstWildcardWins() {
        Acl acl = Rules.of("""
                path "team/+/cfg" { capabilities = ["read"] }
                path "team/two/*" { capabilities = ["deny"] }
                """);
        assertThat(reads(acl, "team/one/cfg")).isTrue();
        assertThat(reads(acl, "team/two/cfg")).isFalse();
        assertThat(reads(acl, "team/one/cfg/x")).isFalse();
    }

    @Test
    void aFormWithoutAStarAtItsEndWinsOverOneWith() {
        assertThat(applied("a/b", "a/+", "a/*")).isEqualTo("a/+");
        assertThat(applied("a/b/c", "a/+/+", "a/+/*", "a/+/c*")).isEqualTo("a/+/+");
    }

    @Test
    void fewerWildcardsThenTheLongerThenTheGreaterWin() {
        assertThat(applied("a/b/c", "a/+/+", "a/+/c")).isEqualTo("a/+/c");
        assertThat(applied("a/b/c", "a/+/c*", "a/+/*")).isEqualTo("a/+/c*");
        assertThat(applied("a/a/bb/c", "+/+/bb/c", "+/a/+/c")).isEqualTo("+/+/bb/c");
        assertThat(applied("a/a/a/a", "+/+/a/a", "+/a/+/a", "+/a/a/+")).isEqualTo("+/a/a/+");
    }

    @Test
    void aPlusIsOneSegmentOfAnyContentAndAStarElsewhereIsItself() {
        assertThat(applied("a/", "a/+")).isEqualTo("a/+");
        assertThat(applied("a+b/c", "a+b/c")).isEqualTo("a+b/c");
        assertThat(applied("axb/c", "a+b/c")).isEmpty();
        assertThat(applied("a/+/c", "a/+/c")).isEqualTo("a/+/c");
        assertThat(applied("a/x/c", "a/*/c")).isEmpty();
        assertThat(applied("a/x/y", "a/+")).isEmpty();
        assertThat(applied("secret", "secret/*")).isEmpty();
        assertThat(applied("x", "*")).isEqualTo("*");
    }

    @Test
    void aListFindsARuleWithoutItsSlash() {
        Acl acl = Rules.of("path \"kv/metadata/team\" { capabilities = [\"list\"] }");
        assertThat(lists(acl, "kv/metadata/team")).isTrue();
        assertThat(lists(acl, "kv/metadata/team/two")).isFalse();
        assertThat(reads(acl, "kv/metadata/team")).isFalse();
        assertThat(lists(Rules.of("path \"+/metadata/team\" { capabilities = [\"list\"] }"), "kv/metadata/team"))
                .isTrue();
    }

    /// The peers looked for rules without the slash first, and met the broader one.
    @Test
    void aListDoesNotSlipPastADenyOfAllBelow() {
        Acl acl = Rules.of("""
                path "foo/metadata/*" { capabilities = ["list", "scan"] }
                path "foo/metadata/private/*" { capabilities = ["deny"] }
                """);
        for (Operation operation : List.of(Operation.LIST, Operation.SCAN)) {
            assertThat(may(acl, operation, "foo/metadata/private/")).isFalse();
            assertThat(may(acl, operation, "foo/metadata/private/my-app/")).isFalse();
            assertThat(may(acl, operation, "foo/metadata/public/")).isTrue();
        }
    }

    /// A mount's name may be sent with a slash at its end, so a rule for it without one must count.
    @Test
    void aSlashAtTheEndDoesNotSlipPastAMoreSpecificRule() {
        Acl acl = Rules.of("""
                path "sys/mounts/*" { capabilities = ["read", "delete"] }
                path "sys/mounts/secret" { capabilities = ["read"] }
                path "sys/mounts/+" { capabilities = ["read"] }
                path "sys/auth/*" { capabilities = ["delete"] }
                """);
        assertThat(may(acl, Operation.DELETE, "sys/mounts/secret/")).isFalse();
        assertThat(may(acl, Operation.DELETE, "sys/mounts/other/")).isFalse();
        assertThat(may(acl, Operation.READ, "sys/mounts/secret/")).isTrue();
        assertThat(may(acl, Operation.DELETE, "sys/auth/x/")).isTrue();
    }

    @Test
    void capabilitiesOfSeveralPoliciesAddUpForOneForm() {
        Acl acl = Rules.of(
                "path \"c/*\" { capabilities = [\"read\", \"list\"] }", "path \"c/*\" { capabilities = [\"update\"] }");
        assertThat(acl.capabilities(new RequestPath("c/x")).names()).containsExactly("list", "read", "update");
        assertThat(acl.capabilities(new RequestPath("d/x")).names()).isEmpty();
    }

    @Test
    void aTokenReachesAMountIfAnythingBelowItIsAllowed() {
        Acl acl = Rules.of("""
                path "one/data/x" { capabilities = ["read"] }
                path "two*" { capabilities = ["read"] }
                path "+/metadata/+/deep" { capabilities = ["list"] }
                path "four/data/*" { capabilities = ["deny"] }
                path "five/" { capabilities = ["list"] }
                path "a/b/c/*" { capabilities = ["read"] }
                """);
        for (String mount : List.of("one/", "two/", "two/more/", "anything/", "five/", "a/b/", "a/b/c/")) {
            assertThat(acl.reaches(mount)).as(mount).isTrue();
        }
        Acl narrow = Rules.of("""
                path "four/data/*" { capabilities = ["deny"] }
                path "onetwo/x" { capabilities = ["read"] }
                path "+/x" { capabilities = ["deny"] }
                path "auth/+/login" { capabilities = [] }
                """);
        for (String mount : List.of("four/", "one/", "auth/userpass/", "four/data/x/")) {
            assertThat(narrow.reaches(mount)).as(mount).isFalse();
        }
    }

    @Test
    void rootMayDoEverythingAndNobodyNothing() {
        assertThat(may(Acl.ROOT, Operation.DELETE, "any/thing")).isTrue();
        assertThat(Acl.ROOT.hasSudo(new RequestPath("sys/seal"))).isTrue();
        assertThat(may(Acl.NONE, Operation.READ, "any/thing")).isFalse();
        assertThat(may(Acl.NONE, Operation.HELP, "any/thing")).isTrue();
    }

    @Test
    void rootAmongOtherPoliciesLeavesThemWithoutASay() {
        Rules rules = new Rules().put("none", "path \"*\" { capabilities = [\"deny\"] }");
        assertThat(rules.acl(Subject.NOBODY, Rules.NOW, "none", "root").isRoot())
                .isTrue();
        Subject subject = new Subject("e", "e", Map.of(), List.of(), List.of(), List.of(PolicyName.ROOT));
        assertThat(rules.acl(subject, Rules.NOW, "none").isRoot()).isFalse();
    }

    /// The form of the rule that applies, if each allows to read.
    private static String applied(String path, String... forms) {
        StringBuilder text = new StringBuilder();
        for (String form : forms) {
            text.append("path \"").append(form).append("\" { capabilities = [\"read\"] }\n");
        }
        return Rules.of(text.toString())
                .check(Ask.of(Operation.READ, new RequestPath(path), false, false, Optional.empty()))
                .rule()
                .map(Rule::pattern)
                .orElse("");
    }
}
