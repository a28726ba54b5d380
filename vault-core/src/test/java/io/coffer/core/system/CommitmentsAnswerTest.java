// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What anybody may ask as often as he likes.
class CommitmentsAnswerTest {
    private static final String PATH = "sys/share/commitments";

    /// The longest answer, of eleven sets of 255 shares, fits many times into what one connection may have in flight.
    private static final int MOST_BYTES = 256 << 10;

    @Test
    void itIsMadeOnceForEachChangeAndNotForEachCall() {
        try (TestVault vault = TestVault.open()) {
            Asking nobody = Asking.nobody(vault);
            Response first = nobody.read(PATH);
            for (int i = 0; i < 100; i++) {
                assertThat(nobody.read(PATH)).isSameAs(first);
            }
            vault.vault().seal();
            assertThat(nobody.read(PATH)).as("also while sealed").isSameAs(first);
            vault.unseal();
            Response last = Asking.root(vault).rekey(4, 2, ",\"require_verification\":true", vault.shares());
            assertThat(TestVault.text(nobody.read(PATH))).contains("\"state\":\"pending\"");
            assertThat(Asking.shares(last)).hasSize(4);
            Asking.root(vault).delete("sys/rekey/init", "");
            assertThat(TestVault.text(nobody.read(PATH))).doesNotContain("\"state\":\"pending\"");
        }
    }

    @Test
    void theLongestOneHasABound() {
        try (TestVault vault = TestVault.open(TestVault.Setup.over(new MemoryDisk()), 255, 2)) {
            List<Secret> shares = vault.shares();
            for (int i = 0; i < 9; i++) {
                Response last = Asking.root(vault).rekey(255, 2, "", shares);
                Asking.arrived(last);
                shares = Asking.shares(last);
            }
            Asking.root(vault).rekey(255, 2, "", shares);
            Asking.root(vault).rekey(255, 2, ",\"require_verification\":true", shares);
            String longest = TestVault.text(Asking.nobody(vault).read(PATH));
            assertThat(longest).contains("\"pending\"", "\"previous\"", "\"former\"");
            assertThat(longest.length()).isBetween(MOST_BYTES / 2, MOST_BYTES);
        }
    }
}
