// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Bending;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a read leaves of its use, and when it reaches the disk.
class UsesJobTest {
    private static final Duration GRACE = Duration.ofDays(1);
    private static final Scope SCOPE = new Scope("one");

    private final TestVault vault = TestVault.open();
    private final LastUses uses = new LastUses();
    private final UsesJob job = new UsesJob(uses, vault.time(), vault.events()::add, GRACE);

    UsesJobTest() {
        vault.change(writer -> {
            writer.createKeyring(SCOPE, vault.time().now());
            writer.put(Folder.of(SCOPE).key("a"), new Plaintext(new byte[] {1}));
        });
    }

    private void read() {
        Optional<Plaintext> value =
                vault.look(reader -> reader.get(Folder.of(SCOPE).key("a")));
        assertThat(value).isPresent();
    }

    private Duration step() {
        Optional<Duration> rest = vault.vault().unsealed(job::step);
        return rest.orElseThrow();
    }

    private Map<KeyTerm, Instant> shown(LastUses from) {
        return shown(from, SCOPE);
    }

    private Map<KeyTerm, Instant> shown(LastUses from, Scope scope) {
        return vault.look(reader -> from.of(reader, scope));
    }

    @Test
    void aReadIsShownWithinASecondAndSavedWithinAMinute() {
        step();
        assertThat(shown(uses)).isEmpty();
        read();
        vault.time().pass(UsesJob.LOOK);
        Instant seen = vault.time().now();
        assertThat(step()).isEqualTo(UsesJob.LOOK);
        assertThat(shown(uses)).containsExactly(Map.entry(KeyTerm.FIRST, seen));
        assertThat(shown(new LastUses())).as("on the disk").isEmpty();
        vault.time().pass(UsesJob.SAVE);
        step();
        assertThat(shown(new LastUses())).as("on the disk").containsExactly(Map.entry(KeyTerm.FIRST, seen));
        assertThat(uses.unsaved(10)).doesNotContain(SCOPE);
    }

    @Test
    void whatWasUsedUntilTheVaultIsSealedIsOnTheDiskAndToldThen() {
        vault.change(writer -> writer.rotate(SCOPE, vault.time().now()));
        vault.time().pass(GRACE.plus(GRACE));
        vault.vault().beforeSealed(job::finish);
        step();
        read();
        Instant seen = vault.time().now();
        vault.vault().seal();
        vault.unseal();
        assertThat(shown(new LastUses())).as("on the disk").containsExactly(Map.entry(KeyTerm.FIRST, seen));
        assertThat(vault.events()).contains(new Event.DeprecatedKeyUsed(SCOPE.name(), 1, 1));
    }

    @Test
    void onlyTheTermThatOpenedSomethingIsMarked() {
        vault.change(writer -> {
            writer.rotate(SCOPE, vault.time().now());
            writer.put(Folder.of(SCOPE).key("b"), new Plaintext(new byte[] {1}));
        });
        read();
        step();
        assertThat(shown(uses)).containsOnlyKeys(KeyTerm.FIRST);
    }

    @Test
    void nothingIsWrittenOfAScopeThatIsGone() {
        read();
        step();
        vault.change(writer -> writer.removeScope(SCOPE));
        vault.time().pass(UsesJob.SAVE);
        step();
        assertThat(shown(new LastUses())).isEmpty();
        assertThat(uses.unsaved(10)).doesNotContain(SCOPE);
    }

    @Test
    void moreScopesThanOneTransactionTakesAreSavedInTheSameMinute() {
        for (int i = 0; i < UsesJob.PAGE; i++) {
            Scope scope = new Scope("more-" + i);
            vault.change(writer -> {
                writer.createKeyring(scope, vault.time().now());
                writer.put(Folder.of(scope).key("a"), new Plaintext(new byte[] {1}));
            });
            vault.look(reader -> reader.get(Folder.of(scope).key("a")));
        }
        read();
        step();
        vault.time().pass(UsesJob.SAVE);
        assertThat(step()).isZero();
        assertThat(step()).isEqualTo(UsesJob.LOOK);
        assertThat(uses.unsaved(10)).isEmpty();
    }

    @Test
    void theGraceOfATermBeginsWhenItIsRetiredHoweverOldTheKeyIsThatReplacesIt() {
        importKey();
        vault.change(writer -> Deprecations.activate(
                writer, SCOPE, new KeyTerm(2), vault.time().now()));
        assertToldAfterGrace(1, "a");
        vault.change(writer -> writer.put(Folder.of(SCOPE).key("b"), new Plaintext(new byte[] {1})));
        importKey();
        vault.change(writer -> Deprecations.rotate(
                writer, SCOPE, Optional.empty(), vault.time().now()));
        assertToldAfterGrace(2, "b");
    }

    private void assertToldAfterGrace(int term, String value) {
        vault.look(reader -> reader.get(Folder.of(SCOPE).key(value)));
        step();
        vault.time().pass(UsesJob.REPORT);
        step();
        assertThat(vault.events())
                .noneMatch(event -> event instanceof Event.DeprecatedKeyUsed used && used.term() == term);
        vault.time().pass(GRACE);
        step();
        vault.look(reader -> reader.get(Folder.of(SCOPE).key(value)));
        step();
        vault.time().pass(UsesJob.REPORT);
        step();
        assertThat(vault.events()).contains(new Event.DeprecatedKeyUsed(SCOPE.name(), term, 1));
    }

    /// A key arrives that is not used for longer than the grace is.
    private void importKey() {
        try (Secret key = Secret.random(DataKey.BYTES, TestVault.seeded(8))) {
            vault.change(writer -> writer.importKey(
                    SCOPE, Algorithm.XAES_256_GCM, key, vault.time().now()));
        }
        vault.time().pass(GRACE.plus(GRACE));
    }

    @Test
    void usesOfADeprecatedTermAreToldOnceTheirGraceIsOver() {
        vault.change(writer -> writer.rotate(SCOPE, vault.time().now()));
        read();
        step();
        vault.time().pass(UsesJob.REPORT);
        step();
        assertThat(vault.events()).noneMatch(Event.DeprecatedKeyUsed.class::isInstance);
        vault.time().pass(GRACE);
        step();
        read();
        read();
        step();
        assertThat(vault.events()).noneMatch(Event.DeprecatedKeyUsed.class::isInstance);
        vault.time().pass(UsesJob.REPORT);
        step();
        assertThat(vault.events()).contains(new Event.DeprecatedKeyUsed(SCOPE.name(), 1, 2));
    }

    @Test
    void aRecordThatDoesNotOpenIsToldAndWrittenAnewAndKeepsNoOtherScopeFromTheDisk() {
        Scope other = new Scope("two");
        vault.change(writer -> {
            writer.createKeyring(other, vault.time().now());
            writer.put(Folder.of(other).key("a"), new Plaintext(new byte[] {1}));
        });
        StorageKey record = new StorageKey(Scope.SYSTEM, "key-uses/" + SCOPE);
        vault.change(writer -> writer.put(record, new Plaintext(new byte[] {1})));
        Bending.bend(vault, record);
        step();
        read();
        vault.look(reader -> reader.get(Folder.of(other).key("a")));
        vault.time().pass(UsesJob.SAVE);
        Instant seen = vault.time().now();
        step();
        assertThat(shown(new LastUses())).as("on the disk").containsExactly(Map.entry(KeyTerm.FIRST, seen));
        assertThat(shown(new LastUses(), other)).containsOnlyKeys(KeyTerm.FIRST);
        assertThat(vault.events()).containsOnlyOnce(new Event.RecordPassedOver(Bending.reason(record)));
    }

    @Test
    void oneTermOfWhichNobodyKnowsSinceWhenItIsRetiredKeepsNothingFromBeingTold() {
        vault.change(writer -> writer.rotate(SCOPE, vault.time().now()));
        StorageKey record = new StorageKey(Scope.SYSTEM, "key-deprecated/" + SCOPE + "/1");
        vault.change(
                writer -> writer.put(record, Deprecations.write(vault.time().now())));
        Bending.bend(vault, record);
        for (int i = 0; i < 3; i++) {
            read();
            vault.time().pass(UsesJob.SAVE);
            step();
        }
        assertThat(vault.events()).containsOnlyOnce(new Event.RecordPassedOver(Bending.reason(record)));
        assertThat(shown(new LastUses())).as("on the disk").containsOnlyKeys(KeyTerm.FIRST);
        vault.change(writer -> Deprecations.deprecate(
                writer, SCOPE, KeyTerm.FIRST, vault.time().now()));
        vault.time().pass(GRACE.plus(GRACE));
        read();
        step();
        assertThat(vault.events()).contains(new Event.DeprecatedKeyUsed(SCOPE.name(), 1, 1));
    }
}
