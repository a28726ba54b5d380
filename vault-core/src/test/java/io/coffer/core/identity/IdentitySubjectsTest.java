// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.policy.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What policies see of somebody is what there is, whoever was looked at before.
class IdentitySubjectsTest {
    private final TestVault vault = TestVault.open();
    private final List<String> people = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();

    @AfterEach
    void close() {
        vault.close();
    }

    private void change(Consumer<IdentityChanges> work) {
        vault.change(writer -> work.accept(new IdentityChanges(
                writer,
                TestVault.seeded(people.size() + groups.size()),
                vault.time().now())));
    }

    private String login(String name) {
        List<String> id = new ArrayList<>();
        change(changes ->
                id.add(new LoginIdentity("up_1", IdentityName.of(name).orElseThrow(), Map.of(), Optional.empty())
                        .resolve(changes)
                        .id()));
        return id.getFirst();
    }

    private String group(int number) {
        String id = "00000000-0000-4000-8000-" + String.format("%012d", number);
        change(changes ->
                changes.save(Group.fresh(id, IdentityName.of("g" + number).orElseThrow(), false, changes.now())));
        return id;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nobodyIsShownAsHeWas(long seed) {
        Random dice = new Random(seed);
        for (int i = 0; i < 4; i++) {
            people.add(login("user" + i));
            groups.add(group(i));
        }
        for (int i = 0; i < 150; i++) {
            int step = i;
            change(changes -> step(dice, step, changes));
            vault.look(this::checked);
        }
    }

    private void step(Random dice, int step, IdentityChanges changes) {
        Identities known = changes.known();
        List<PolicyName> policies = List.of(PolicyName.of("p" + step));
        Map<String, String> metadata = Map.of("step", "" + step);
        int which = dice.nextInt(4);
        Group group = known.group(groups.get(which)).orElseThrow();
        Entity entity = known.entity(people.get(which)).orElseThrow();
        switch (dice.nextInt(5)) {
            case 0 -> changes.save(group.with(metadata, policies));
            case 1 -> changes.save(group.of(some(dice, people), some(dice, groups.subList(which + 1, 4))));
            case 2 -> changes.save(entity.with(metadata, policies, dice.nextInt(9) == 0, changes.now()));
            case 3 -> changes.save(known.aliases(entity).getFirst().withMetadata(metadata, changes.now()));
            default -> {
                changes.delete(group);
                changes.save(Group.fresh(group.id(), group.name(), false, changes.now())
                        .with(metadata, policies));
            }
        }
    }

    private static List<String> some(Random dice, List<String> ids) {
        return ids.stream().filter(id -> dice.nextBoolean()).toList();
    }

    private boolean checked(BarrierReader reader) {
        Identities known = new Identities(reader);
        for (String id : people) {
            Entity entity = known.entity(id).orElseThrow();
            Optional<Subject> seen = new IdentitySubjects().of(reader, id);
            assertThat(seen.isEmpty()).isEqualTo(entity.disabled());
            seen.ifPresent(subject -> {
                assertThat(subject.metadata()).isEqualTo(entity.metadata());
                assertThat(subject.policies()).extracting(PolicyName::value).isEqualTo(known.policiesOf(entity));
                assertThat(subject.groups())
                        .extracting(Subject.Group::id, Subject.Group::metadata)
                        .isEqualTo(known.groupsOf(entity).stream()
                                .map(group -> org.assertj.core.groups.Tuple.tuple(group.id(), group.metadata()))
                                .toList());
                assertThat(subject.aliases().getFirst().metadata())
                        .isEqualTo(known.aliases(entity).getFirst().metadata());
            });
        }
        return true;
    }

    @Test
    void tokensOfThoseWhoBecameAnotherAreThatOnes() {
        List<String> four = List.of(login("one"), login("two"), login("three"), login("four"));
        merge(four.get(1), four.get(0));
        merge(four.get(2), four.get(1));
        merge(four.get(3), four.get(2));
        for (String id : four) {
            assertThat(holder(id)).contains(four.get(3));
        }
        change(changes -> changes.delete(changes.known().entity(four.get(3)).orElseThrow()));
        for (String id : four) {
            assertThat(holder(id)).isEmpty();
        }
    }

    private void merge(String to, String from) {
        change(changes -> assertThat(new EntityMerge(to, List.of(from), true, Set.of()).run(changes))
                .isEmpty());
    }

    private Optional<String> holder(String id) {
        return vault.look(reader -> new IdentitySubjects().of(reader, id).map(Subject::entityId));
    }
}
