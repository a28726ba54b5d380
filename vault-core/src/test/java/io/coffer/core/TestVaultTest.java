// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestVaultTest {
    @Test
    void itServesSealsAndStartsAgain() {
        TestVault vault = TestVault.open();
        assertThat(vault.write("sys/mounts/secret", "{\"type\":\"kv-v2\"}")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.write("secret/data/a", "{\"data\":{\"k\":1}}")).isInstanceOf(Response.Ok.class);
        try (TestVault again = vault.restart()) {
            assertThat(again.isUnsealed()).isFalse();
            again.unseal();
            assertThat(TestVault.text(again.read("secret/data/a"))).startsWith("{\"data\":{\"k\":1}");
            assertThat(again.handle(again.request(Operation.READ, "secret/data/a", "", Optional.empty())))
                    .isEqualTo(Response.Denied.PERMISSION);
        }
    }

    @Test
    void oneSeedGivesTheSameVault() {
        try (TestVault one = TestVault.open();
                TestVault other = TestVault.open(TestVault.Setup.over(new MemoryDisk()), 5, 3)) {
            assertThat(one.share(1).sameAs(other.share(1))).isTrue();
        }
    }
}
