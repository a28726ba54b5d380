// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityChangesTest {
    private static final String MOUNT = "userpass_00000001";
    private static final String OTHER = "userpass_00000002";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private <T> T change(Function<IdentityChanges, T> work) {
        return vault.vault()
                .unsealed(barrier -> barrier.govern(writer -> work.apply(new IdentityChanges(
                        writer,
                        TestVault.seeded(System.nanoTime()),
                        vault.time().now()))))
                .toCompletableFuture()
                .join();
    }

    private <T> T look(Function<Identities, T> work) {
        return vault.vault().unsealed(barrier -> barrier.survey(reader -> work.apply(new Identities(reader))));
    }

    private Entity login(String mount, String name, Optional<List<IdentityName>> groups) {
        LoginIdentity who = new LoginIdentity(mount, name(name), Map.of("at", "door"), groups);
        return change(who::resolve);
    }

    private List<String> policiesOf(Entity entity) {
        return look(known -> known.policiesOf(known.entity(entity.id()).orElseThrow()));
    }

    private boolean refused(EntityMerge merge) {
        return change(changes -> merge.run(changes).isPresent());
    }

    private static IdentityName name(String text) {
        return IdentityName.of(text).orElseThrow();
    }

    private Group group(String name, boolean external, String policy) {
        return change(changes -> {
            Group group = Group.fresh(changes.newId(), name(name), external, changes.now())
                    .with(Map.of(), List.of(PolicyName.of(policy)));
            changes.save(group);
            return group;
        });
    }

    @Test
    void whoLogsInTwiceIsOneEntityInAnySpelling() {
        Entity first = login(MOUNT, "Bob", Optional.empty());
        assertThat(login(MOUNT, "bOB", Optional.empty()).id()).isEqualTo(first.id());
        assertThat(login(OTHER, "bob", Optional.empty()).id()).isNotEqualTo(first.id());
        Alias alias = look(known -> known.alias(MOUNT, name("bob")).orElseThrow());
        assertThat(alias.metadata()).containsEntry("at", "door");
    }

    @Test
    void aHundredLoginsAtOnceMakeOneAlias() {
        Set<String> ids = new HashSet<>();
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Entity>> logins = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                logins.add(CompletableFuture.supplyAsync(() -> login(MOUNT, "carol", Optional.empty()), many));
            }
            logins.forEach(login -> ids.add(login.join().id()));
        }
        assertThat(ids).hasSize(1);
        assertThat(look(known -> known.aliasIds("", 100)).items()).hasSize(1);
        assertThat(look(known -> known.entityIds("", 100)).items()).hasSize(1);
    }

    @Test
    void policiesComeFromTheEntityItsGroupsAndTheirGroups() {
        Entity bob = login(MOUNT, "bob", Optional.empty());
        Group inner = group("inner", false, "p-inner");
        Group outer = group("outer", false, "p-outer");
        change(changes -> {
            changes.save(bob.with(Map.of(), List.of(PolicyName.of("p-own")), false, changes.now()));
            changes.save(inner.of(List.of(bob.id()), List.of()));
            changes.save(outer.of(List.of(), List.of(inner.id())));
            return true;
        });
        assertThat(policiesOf(bob)).containsExactly("p-inner", "p-outer", "p-own");
        change(changes -> {
            changes.delete(changes.known().group(inner.id()).orElseThrow());
            return true;
        });
        assertThat(policiesOf(bob)).containsExactly("p-own");
    }

    @Test
    void aLoginMovesItsEntityBetweenExternalGroupsOfItsMountAlone() {
        Group red = group("red", true, "p-red");
        Group blue = group("blue", true, "p-blue");
        Group own = group("own", false, "p-own");
        change(changes -> {
            changes.saveGroupAlias(Alias.fresh(changes.newId(), red.id(), name("CN=Red,DC=x/y"), MOUNT, changes.now()));
            changes.saveGroupAlias(Alias.fresh(changes.newId(), blue.id(), name("cn=blue"), OTHER, changes.now()));
            return true;
        });
        Entity bob = login(MOUNT, "bob", Optional.of(List.of(name("cn=red,dc=x/y"), name("cn=blue"))));
        change(changes -> {
            changes.save(changes.known().group(own.id()).orElseThrow().of(List.of(bob.id()), List.of()));
            return true;
        });
        assertThat(policiesOf(bob)).containsExactly("p-own", "p-red");
        login(MOUNT, "bob", Optional.empty());
        assertThat(policiesOf(bob)).containsExactly("p-own", "p-red");
        login(MOUNT, "bob", Optional.of(List.of()));
        assertThat(policiesOf(bob)).containsExactly("p-own");
    }

    @Test
    void aMergeMovesAliasesAndMembershipsAndAsksAboutTwoAliasesInOneMount() {
        Entity one = login(MOUNT, "one", Optional.empty());
        Entity two = login(MOUNT, "two", Optional.empty());
        Entity three = login(OTHER, "three", Optional.empty());
        Group group = group("team", false, "p-team");
        change(changes -> {
            changes.save(group.of(List.of(two.id(), three.id()), List.of()));
            return true;
        });
        EntityMerge plain = new EntityMerge(one.id(), List.of(two.id(), three.id()), false, Set.of());
        assertThat(refused(plain)).isTrue();
        Alias kept = look(known -> known.alias(MOUNT, name("two")).orElseThrow());
        EntityMerge keeping = new EntityMerge(one.id(), List.of(two.id(), three.id()), false, Set.of(kept.id()));
        assertThat(refused(keeping)).isFalse();
        Entity all = look(known -> known.entity(one.id()).orElseThrow());
        assertThat(all.merged()).containsExactlyInAnyOrder(two.id(), three.id());
        assertThat(look(known -> known.aliases(all)).stream()
                        .map(alias -> alias.name().text()))
                .containsExactlyInAnyOrder("two", "three");
        boolean gone = look(known -> known.alias(MOUNT, name("one")).isEmpty());
        assertThat(gone).isTrue();
        assertThat(all.groups()).containsExactly(group.id());
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsDoneBothEndsOfEachRelationAgree(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 120; i++) {
            step(random);
        }
        assertSound();
    }

    private void step(Random random) {
        List<String> people = look(known -> known.entityIds("", 500)).items();
        List<String> groups = look(known -> known.groupIds("", 500)).items();
        switch (random.nextInt(8)) {
            case 0, 1 -> login(random.nextBoolean() ? MOUNT : OTHER, "user" + random.nextInt(9), Optional.empty());
            case 2 -> group("group" + random.nextInt(1_000_000), random.nextBoolean(), "p");
            case 3 -> any(random, groups).ifPresent(id -> regroup(random, id, people, groups));
            case 4 ->
                any(random, people)
                        .ifPresent(id -> change(changes -> {
                            changes.delete(changes.known().entity(id).orElseThrow());
                            return true;
                        }));
            case 5 ->
                any(random, groups)
                        .ifPresent(id -> change(changes -> {
                            changes.delete(changes.known().group(id).orElseThrow());
                            return true;
                        }));
            case 6 ->
                any(random, people)
                        .ifPresent(id -> change(changes -> {
                            changes.save(changes.known()
                                    .entity(id)
                                    .orElseThrow()
                                    .named(name("n" + random.nextInt(1_000_000)), "x"));
                            return true;
                        }));
            default -> any(random, people).ifPresent(to -> merge(random, to, people));
        }
    }

    private void regroup(Random random, String id, List<String> people, List<String> groups) {
        change(changes -> {
            Group group = changes.known().group(id).orElseThrow();
            List<String> above =
                    changes.known().above(group).stream().map(Group::id).toList();
            List<String> parts = some(random, groups).stream()
                    .filter(part -> !part.equals(id) && !above.contains(part))
                    .toList();
            changes.save(group.of(some(random, people), parts));
            return true;
        });
    }

    private void merge(Random random, String to, List<String> people) {
        List<String> some = new ArrayList<>(some(random, people));
        some.remove(to);
        if (!some.isEmpty()) {
            assertThat(refused(new EntityMerge(to, some, true, Set.of()))).isFalse();
        }
    }

    private static Optional<String> any(Random random, List<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
    }

    private static List<String> some(Random random, List<String> ids) {
        return ids.stream().filter(id -> random.nextInt(3) == 0).toList();
    }

    private void assertSound() {
        vault.vault()
                .unsealed(barrier -> barrier.survey(reader -> {
                    Identities known = new Identities(reader);
                    List<Entity> people = known.entityIds("", 1000).items().stream()
                            .map(id -> known.entity(id).orElseThrow())
                            .toList();
                    List<Group> groups = known.groupIds("", 1000).items().stream()
                            .map(id -> known.group(id).orElseThrow())
                            .toList();
                    Map<String, Set<String>> members = new HashMap<>();
                    Map<String, Set<String>> parents = new HashMap<>();
                    for (Group group : groups) {
                        group.entities().forEach(id -> members.computeIfAbsent(id, k -> new HashSet<>())
                                .add(group.id()));
                        group.groups().forEach(id -> parents.computeIfAbsent(id, k -> new HashSet<>())
                                .add(group.id()));
                        assertThat(known.group(group.name())).contains(group);
                    }
                    for (Entity entity : people) {
                        assertThat(Set.copyOf(entity.groups())).isEqualTo(members.getOrDefault(entity.id(), Set.of()));
                        assertThat(known.entity(entity.name())).contains(entity);
                        assertThat(known.aliases(entity)).hasSameSizeAs(entity.aliases());
                        known.aliases(entity).forEach(alias -> {
                            assertThat(alias.owner()).isEqualTo(entity.id());
                            assertThat(known.alias(alias.accessor(), alias.name()))
                                    .contains(alias);
                        });
                    }
                    groups.forEach(group -> assertThat(Set.copyOf(group.parents()))
                            .isEqualTo(parents.getOrDefault(group.id(), Set.of())));
                    assertThat(members.keySet())
                            .isSubsetOf(people.stream().map(Entity::id).toList());
                    assertNothingDangles(reader, people, groups.size());
                    return true;
                }));
    }

    private static void assertNothingDangles(BarrierReader reader, List<Entity> people, int groups) {
        int aliases =
                people.stream().mapToInt(entity -> entity.aliases().size()).sum();
        assertThat(count(reader, "aliases")).isEqualTo(aliases).isEqualTo(count(reader, "alias-names"));
        assertThat(count(reader, "entity-names")).isEqualTo(people.size());
        assertThat(count(reader, "group-names")).isEqualTo(groups);
        assertThat(count(reader, "merged"))
                .isEqualTo(people.stream()
                        .mapToInt(entity -> entity.merged().size())
                        .sum());
    }

    private static int count(BarrierReader reader, String folder) {
        Page<StorageKey> all = reader.scan(Folder.of(Scope.IDENTITY).folder(folder), "", 1000);
        assertThat(all.more()).isFalse();
        return all.items().size();
    }
}
