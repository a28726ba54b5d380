// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static io.coffer.core.policy.Rules.NOW;
import static io.coffer.core.policy.Rules.reads;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is compiled is kept, and never longer than it holds or for anybody else.
class AclsTest {
    private static final String READ = "path \"a\" { capabilities = [\"read\"] }";
    private final Rules rules = new Rules();

    @Test
    void theSameNamesGiveWhatWasCompiledBeforeUntilAnyPolicyChanges() {
        rules.put("one", READ).put("two", READ);
        Acl first = rules.acl(Subject.NOBODY, NOW, "one", "two");
        assertThat(rules.acl(Subject.NOBODY, NOW, "one", "two")).isSameAs(first);
        assertThat(rules.acl(Subject.NOBODY, NOW, "one")).isNotSameAs(first);
        rules.put("three", READ);
        assertThat(rules.acl(Subject.NOBODY, NOW, "one", "two")).isNotSameAs(first);
    }

    @Test
    void anEditAndADeletionCountAtOnce() {
        rules.put("one", READ);
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a")).isTrue();
        rules.put("one", "path \"b\" { capabilities = [\"read\"] }");
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a")).isFalse();
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "b")).isTrue();
        rules.delete("one");
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "b")).isFalse();
    }

    @Test
    void aSnapshotKeepsThePoliciesThatItShows() {
        rules.put("one", READ);
        rules.barrier().survey(before -> {
            rules.put("one", "# nothing");
            assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a")).isFalse();
            assertThat(reads(rules.acls().of(before, List.of("one"), Subject.NOBODY, NOW), "a"))
                    .isTrue();
            assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a")).isFalse();
            return true;
        });
    }

    @Test
    void aTransactionSeesThePoliciesThatItWrote() {
        rules.put("one", "# nothing");
        rules.barrier()
                .govern(writer -> {
                    rules.store().put(writer, PolicyName.of("one"), PolicyStore.plain(READ, NOW));
                    assertThat(reads(rules.acls().of(writer, List.of("one"), Subject.NOBODY, NOW), "a"))
                            .isTrue();
                    assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a"))
                            .isFalse();
                    return true;
                })
                .toCompletableFuture()
                .join();
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "a")).isTrue();
    }

    @Test
    void noOneGetsWhatATemplateGaveToSomebodyElse() {
        rules.put("own", "path \"own/{{identity.entity.id}}\" { capabilities = [\"read\"] }");
        Acl ann = rules.acl(subject("ann"), NOW, "own");
        assertThat(reads(ann, "own/ann")).isTrue();
        for (Subject other : List.of(subject("bob"), Subject.NOBODY)) {
            assertThat(reads(rules.acl(other, NOW, "own"), "own/ann")).isFalse();
        }
        assertThat(reads(rules.acl(subject("bob"), NOW, "own"), "own/bob")).isTrue();
        assertThat(rules.acl(subject("ann"), NOW, "own")).isSameAs(ann);
    }

    @Test
    void policiesOfAnEntityComeOnTop() {
        rules.put("one", READ).put("more", "path \"b\" { capabilities = [\"read\"] }");
        Subject subject = new Subject(
                "e", "e", Map.of(), List.of(), List.of(), List.of(PolicyName.of("more"), PolicyName.of("gone")));
        assertThat(reads(rules.acl(subject, NOW, "one"), "b")).isTrue();
        assertThat(reads(rules.acl(Subject.NOBODY, NOW, "one"), "b")).isFalse();
    }

    @Test
    void aPathAndAPolicyEndWhenTheySay() {
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        rules.put(
                "ends",
                "path \"a\" { policy = \"read\" expiration = \"2030-01-01T00:00:00Z\" }\npath \"b\" { policy = \"read\" }");
        rules.put(
                "whole",
                StoredPolicy.of(
                        "path \"c\" { policy = \"read\" }",
                        new StoredPolicy.Extras(1, false, NOW, Optional.of(end.plusSeconds(5)), false, false, true)));
        assertThat(readable(NOW)).isEqualTo("abc");
        assertThat(readable(end.minusNanos(1))).isEqualTo("abc");
        assertThat(readable(end)).isEqualTo("bc");
        assertThat(readable(end.plusSeconds(5))).isEqualTo("b");
        assertThat(readable(end.minusNanos(1)))
                .as("after the clock was set back")
                .isEqualTo("abc");
        assertThat(readable(end.plusSeconds(4))).isEqualTo("bc");
    }

    @Test
    void aTemplateOfTheTimeHoldsForItsSecond() {
        rules.put("now", "path \"at/{{time.now}}\" { policy = \"read\" }");
        Instant second = Instant.ofEpochSecond(1_000);
        assertThat(reads(rules.acl(Subject.NOBODY, second, "now"), "at/1000")).isTrue();
        assertThat(reads(rules.acl(Subject.NOBODY, second.plusNanos(999_999_999), "now"), "at/1000"))
                .isTrue();
        assertThat(reads(rules.acl(Subject.NOBODY, second.plusSeconds(1), "now"), "at/1000"))
                .isFalse();
        assertThat(reads(rules.acl(Subject.NOBODY, second.minusNanos(1), "now"), "at/999"))
                .isTrue();
    }

    @Test
    void aFilledInPathThatBecomesForbiddenIsLeftOut() {
        rules.put(
                "star",
                StoredPolicy.of(
                        "path \"a/+{{identity.entity.name}}\" { policy = \"read\" }",
                        new StoredPolicy.Extras(1, false, NOW, Optional.empty(), true, true, true)));
        Subject star = new Subject("e", "*", Map.of(), List.of(), List.of(), List.of());
        assertThat(rules.acl(star, NOW, "star").rules()).isEmpty();
    }

    @Test
    void moreThanIsKeptIsCompiledAnew() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            many.append("path \"a/").append(i).append("\" { policy = \"read\" }\n");
        }
        rules.put("many", many + "path \"own/{{identity.entity.id}}\" { policy = \"read\" }");
        for (int i = 0; i < 2 * AclCache.LIMIT / 2_000; i++) {
            assertThat(reads(rules.acl(subject("e" + i), NOW, "many"), "own/e" + i))
                    .isTrue();
        }
    }

    private String readable(Instant now) {
        Acl acl = rules.acl(Subject.NOBODY, now, "ends", "whole");
        StringBuilder paths = new StringBuilder();
        for (String path : List.of("a", "b", "c")) {
            paths.append(reads(acl, path) ? path : "");
        }
        return paths.toString();
    }

    private static Subject subject(String id) {
        return new Subject(id, id, Map.of(), List.of(), List.of(), List.of());
    }
}
