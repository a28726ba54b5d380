// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Bending;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The record of a rewrap, or its limits, do not open: it is told, and whoever begins anew, ends it or sets them anew
/// is not refused.
class RewrapDamageTest {
    private static final StorageKey RUN = RewrapRecord.KEY;
    private static final StorageKey SETTINGS = new StorageKey(Scope.SYSTEM, "rewrap/settings");

    private final TestVault vault = TestVault.open();
    private final RewrapJob job = Moving.job(vault);

    @BeforeEach
    void fill() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        for (int i = 0; i < 5; i++) {
            vault.write("one/a" + i, "{\"v\":" + i + "}");
        }
        vault.write("sys/rotate", "");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void bendRun() {
        vault.write("sys/rewrap", "{}");
        Bending.bend(vault, RUN);
        assertThatThrownBy(() -> vault.vault().unsealed(job::step))
                .isInstanceOf(CorruptedException.class)
                .hasMessage(Bending.reason(RUN));
    }

    private String status() {
        return TestVault.text(vault.read("sys/rewrap"));
    }

    private void runOut() {
        for (int i = 0; vault.vault().unsealed(job::step).isPresent(); i++) {
            assertThat(i).isLessThan(5_000);
        }
    }

    @Test
    void theStatusTellsThatTheRecordDoesNotOpenAndWhatToDo() {
        bendRun();
        assertThat(vault.obstacles().failure()).isEqualTo(Bending.reason(RUN));
        assertThat(status())
                .startsWith("{\"under_way\":false,\"failure\":\"" + Bending.reason(RUN) + "\",\"advice\":\"")
                .endsWith("\"stands\":true}");
    }

    @Test
    void whoeverAsksBeginsAnewAndIsWarned() {
        bendRun();
        Response.Ok begun = (Response.Ok) vault.write("sys/rewrap", "{}");
        assertThat(begun.warnings()).containsExactly("The former rewrap is lost: " + Bending.reason(RUN));
        assertThat(TestVault.text(begun)).contains("\"under_way\":true").doesNotContain("failure");
        runOut();
        assertThat(status()).contains("\"under_way\":false", "\"cancelled\":false", "\"values_left\":0");
        Moving.checkAllMoved(vault);
    }

    @Test
    void oneThatIsBegunAfterTheRecordOfAnEndedOneWasLostIsAnotherOne() {
        vault.write("sys/rewrap", "{}");
        runOut();
        vault.time().pass(Duration.ofSeconds(1));
        bendRun();
        vault.write("sys/rotate", "{\"rewrap\":true}");
        runOut();
        Moving.checkAllMoved(vault);
    }

    @Test
    void whoeverCancelsTakesTheRecordAway() {
        bendRun();
        assertThat(vault.delete("sys/rewrap")).isEqualTo(Response.NO_CONTENT);
        assertThat(status()).isEqualTo("{\"under_way\":false}");
        assertThat(vault.vault().unsealed(job::step)).isEmpty();
        assertThat(vault.obstacles().failure()).isEmpty();
    }

    @Test
    void limitsThatDoNotOpenAreThoseOfANewVaultUntilBothAreSet() {
        vault.write("sys/rewrap/config", "{\"rate\":0}");
        Bending.bend(vault, SETTINGS);
        Response.Ok begun = (Response.Ok) vault.write("sys/rewrap", "{}");
        assertThat(TestVault.text(begun)).contains("\"rate_limit\":4000");
        assertThat(begun.warnings())
                .singleElement()
                .asString()
                .contains("sys/rewrap/config")
                .endsWith(Bending.reason(SETTINGS));
        runOut();
        Moving.checkAllMoved(vault);
        assertThat(vault.write("sys/rewrap/config", "{\"rate\":1}")).isInstanceOf(Response.Failed.class);
        assertThat(vault.write("sys/rewrap/config", "{\"rate\":1,\"latency\":20}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(vault.look(RewrapSettings::read)).isEqualTo(new RewrapSettings(1, 20));
        assertThat(((Response.Ok) vault.read("sys/rewrap")).warnings()).isEmpty();
    }
}
