// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenStoreTest {
    private final TestVault vault = TestVault.open();
    private final TokenStore tokens = new TokenStore();

    @AfterEach
    void close() {
        vault.close();
    }

    private <T> T read(Function<BarrierReader, T> work) {
        return vault.look(work);
    }

    private Optional<TokenStore.Found> find(String text) {
        return read(
                reader -> tokens.find(reader, new Credential(text), vault.time().now()));
    }

    @Test
    void theRootTokenIsFoundByItsTextAndByNothingNearIt() {
        String text = TestVault.ROOT.text();
        assertThat(find(text)).isPresent();
        for (int i = 0; i < text.length(); i++) {
            char[] bent = text.toCharArray();
            bent[i] = (char) (bent[i] ^ 1);
            assertThat(find(new String(bent))).as("character %d", i).isEmpty();
        }
        assertThat(find(text + "x")).isEmpty();
        assertThat(find(text.substring(1))).isEmpty();
        assertThat(find(text.toLowerCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void theNameOnTheDiskIsAKeyedHashThatAnotherVaultDoesNotMake() {
        String id = find(TestVault.ROOT.text()).orElseThrow().id();
        List<StorageKey> stored = read(reader -> reader.scan(Folder.of(Scope.TOKENS), "", 100).items().stream()
                .filter(key -> key.path().startsWith("id/"))
                .toList());
        assertThat(stored).containsExactly(new StorageKey(Scope.TOKENS, "id/" + id));
        assertThat(id).matches("[0-9a-f]{64}");
        try (TestVault other =
                TestVault.open(TestVault.Setup.over(new MemoryDisk()).random(TestVault.seeded(55)), 1, 1)) {
            String elsewhere = other.look(
                    reader -> tokens.find(reader, TestVault.ROOT, vault.time().now())
                            .orElseThrow()
                            .id());
            assertThat(elsewhere).isNotEqualTo(id);
        }
    }

    @Test
    void theNameStaysWhenTermsRotate() {
        String id = find(TestVault.ROOT.text()).orElseThrow().id();
        vault.change(writer -> {
            for (Scope scope : List.of(Scope.KEYS, Scope.SYSTEM, Scope.TOKENS)) {
                writer.rotate(scope, Instant.EPOCH);
            }
        });
        assertThat(find(TestVault.ROOT.text()).orElseThrow().id()).isEqualTo(id);
        try (TestVault again = vault.restart().unseal()) {
            assertThat(again.read("auth/token/lookup-self")).isInstanceOf(Response.Ok.class);
        }
    }

    @Test
    void newTextsAreOfTheFormThatClientsKnowAndNeverTheSame() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String text = tokens.newCredential(TestVault.seeded(i)).text();
            assertThat(text).matches("hvs\\.[0-9A-Za-z]{24}");
            assertThat(seen.add(text)).isTrue();
        }
    }

    @Test
    void noTokenStandsInAnyText() {
        assertThat(TestVault.ROOT.toString()).isEqualTo("Credential");
        assertThat(find(TestVault.ROOT.text()).toString()).doesNotContain(TestVault.ROOT.text());
    }
}
