// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.storage.Bending;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Tally;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Settings of rotations, or the record of one, do not open: scopes get their terms all the same, and whoever sets them
/// anew is not refused.
class RotationDamageTest {
    private static final StorageKey GENERAL = new StorageKey(Scope.SYSTEM, "rotation/config");
    private static final StorageKey OWN = new StorageKey(Scope.SYSTEM, "rotation/scopes/tokens");

    /// With these nothing of the former settings is left.
    private static final String WHOLE = "\"enabled\":true,\"interval\":\"48h\",\"max_operations\":1000000,"
            + "\"max_bytes\":7,\"auto_rewrap\":false";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private void bendGeneral() {
        vault.write("sys/rotate/config", "{\"auto_rewrap\":true}");
        Bending.bend(vault, GENERAL);
    }

    private void bendOwn() {
        vault.write("sys/rotate/config", "{\"scope\":\"tokens\",\"auto_rewrap\":true}");
        Bending.bend(vault, OWN);
    }

    private void assertEveryScopeIsAt(int term) {
        assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(term);
        assertThat(TestVault.text(vault.read("sys/key-status"))).doesNotContain("unfinished");
    }

    private void assertTold(StorageKey record) {
        assertThat(vault.events()).contains(new Event.RecordPassedOver(Bending.reason(record)));
    }

    @Test
    void aRotationOfAllEndsWithoutTheSettingsOfAllAndMovesNothingThen() {
        bendGeneral();
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        assertEveryScopeIsAt(2);
        assertTold(GENERAL);
        assertThat(vault.look(Rewrap::read)).isEmpty();
        assertThat(vault.write("sys/rotate", "{\"rewrap\":true}")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.look(Rewrap::read)).isPresent();
    }

    @Test
    void aRotationOfAllEndsWithoutTheSettingsOfOneScope() {
        bendOwn();
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        assertEveryScopeIsAt(2);
        assertTold(OWN);
    }

    @Test
    void oneScopeIsRotatedWithoutTheSettingsOfAll() {
        bendGeneral();
        assertThat(vault.write("sys/rotate", "{\"scope\":\"audit\"}")).isEqualTo(Response.NO_CONTENT);
        assertTold(GENERAL);
    }

    @Test
    void aSpentTermIsReplacedWithoutTheSettings() {
        vault.write("sys/rotate", "{\"scope\":\"tokens\",\"algorithm\":\"aes256-gcm\"}");
        bendGeneral();
        Census spent = scope -> new TreeMap<>(Map.of(1, Tally.NONE, 2, new Tally(0, 0, 1L << 31, 0)));
        RotationJob job = new RotationJob(spent, vault.time(), vault.events()::add);
        while (!vault.vault().unsealed(job::step).equals(Optional.of(RotationJob.EVERY))) {
            // the next page
        }
        assertThat(RotationTest.terms(vault.vault())).containsEntry("tokens", 3);
        assertTold(GENERAL);
    }

    @Test
    void aRewrapThatDoesNotOpenIsBegunAnewWhereOneFollows() {
        StorageKey run = new StorageKey(Scope.SYSTEM, "rewrap/run");
        for (String scope : new String[] {"", ",\"scope\":\"system\""}) {
            vault.write("sys/rewrap", "{}");
            Bending.bend(vault, run);
            assertThat(vault.write("sys/rotate", "{\"rewrap\":true" + scope + "}"))
                    .isEqualTo(Response.NO_CONTENT);
            assertTold(run);
            assertThat(vault.look(Rewrap::read))
                    .hasValueSatisfying(begun -> assertThat(begun.isUnderWay()).isTrue());
            vault.events().clear();
        }
    }

    @Test
    void whoSetsEverythingNeedsNotWhatWasBefore() {
        bendOwn();
        bendGeneral();
        for (String scope : new String[] {"", ",\"scope\":\"tokens\""}) {
            assertThat(vault.write("sys/rotate/config", "{\"max_bytes\":7" + scope + "}"))
                    .isInstanceOf(Response.Failed.class);
            assertThat(vault.write(
                            "sys/rotate/config",
                            "{\"preset\":\"\"," + WHOLE.replace("interval", "other") + scope + "}"))
                    .isInstanceOf(Response.Failed.class);
            assertThat(vault.write("sys/rotate/config", "{" + WHOLE + scope + "}"))
                    .isEqualTo(Response.NO_CONTENT);
        }
        assertThat(TestVault.text(vault.read("sys/rotate/config")))
                .contains("\"interval\":\"48h0m0s\"", "\"max_bytes\":7");
    }

    @Test
    void aScopeWhoseOwnSettingsDoNotOpenFollowsThoseOfAllAgainWhenItIsAskedTo() {
        bendOwn();
        assertThat(vault.handle(Requests.with(
                        Map.of("scope", "tokens"),
                        vault.request(Operation.DELETE, "sys/rotate/config", "", Optional.of(TestVault.ROOT)))))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(vault.write("sys/rotate/config", "{\"scope\":\"tokens\",\"max_bytes\":7}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void aRotationWhoseRecordDoesNotOpenIsBegunAnew() {
        Rotation rotation = new Rotation(vault.vault(), vault.time(), vault.events()::add);
        assertThat(rotation.step(Rotation.Manner.PLAIN)).isEmpty();
        Bending.bend(vault, RotationRecord.KEY);
        Response.Ok status = (Response.Ok) vault.read("sys/key-status");
        assertThat(TestVault.text(status)).startsWith("{\"term\":1,").doesNotContain("unfinished");
        assertThat(status.warnings()).singleElement().asString().endsWith(Bending.reason(RotationRecord.KEY));
        assertThat(TestVault.text(vault.write("sys/rotate", "{\"dry_run\":true}")))
                .contains("{\"scope\":\"keys\",\"term\":2}", "{\"scope\":\"system\",\"term\":1}");
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        assertTold(RotationRecord.KEY);
        Map<String, Integer> terms = RotationTest.terms(vault.vault());
        assertThat(terms.remove("keys")).isEqualTo(3);
        assertThat(terms.values()).containsOnly(2);
        assertThat(((Response.Ok) vault.read("sys/key-status")).warnings()).isEmpty();
    }
}
