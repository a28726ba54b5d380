// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kills while a root token is made, and starts again on what is left.
class RootGenerationKillTest {
    private static final String ATTEMPT = "sys/generate-root/attempt";

    private final FaultyDisk disk = new FaultyDisk();
    private final TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);

    @Test
    void nothingIsWrittenBeforeTheLastShareAndOneBatchByIt() {
        int before = disk.writes();
        String nonce = begin(vault);
        offer(vault, 1, nonce);
        assertThat(disk.writes()).isEqualTo(before);
        assertThat(TestVault.text(offer(vault, 2, nonce))).contains("\"complete\":true");
        assertThat(disk.writes()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"false,1", "true,2"})
    void theTokenIsThereOrNotAndTheCeremonyIsGone(boolean stays, int tokens) {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/k", "{\"v\":1}");
        assertThat(tokens(vault)).isEqualTo(1);
        String nonce = begin(vault);
        offer(vault, 1, nonce);
        disk.failAt(new Kill(0, stays));
        Response last = offer(vault, 2, nonce);
        assertThat(last).isInstanceOf(Response.Failed.class);
        assertThat(TestVault.text(last)).doesNotContain("encoded");
        try (TestVault left = vault.restart(disk.reopen()).unseal()) {
            assertThat(TestVault.text(left.read(ATTEMPT))).contains("\"started\":false");
            assertThat(TestVault.text(left.read("one/k"))).isEqualTo("{\"v\":1}");
            assertThat(tokens(left)).isEqualTo(tokens);
            String again = begin(left);
            offer(left, 3, again);
            assertThat(TestVault.text(offer(left, 1, again))).contains("\"complete\":true");
            assertThat(tokens(left)).isEqualTo(tokens + 1);
        }
    }

    private static String begin(TestVault vault) {
        String text = TestVault.text(vault.write(ATTEMPT, ""));
        return text.replaceFirst("^.*\"nonce\":\"([^\"]+)\".*$", "$1");
    }

    private static Response offer(TestVault vault, int index, String nonce) {
        String share = vault.share(index).use(HexFormat.of()::formatHex);
        return vault.write("sys/generate-root/update", "{\"key\":\"" + share + "\",\"nonce\":\"" + nonce + "\"}");
    }

    private static int tokens(TestVault vault) {
        Folder ids = Folder.of(Scope.TOKENS).folder("id");
        return vault.committer()
                .read(reader -> reader.list(ids, "", 100).items().size());
    }
}
