// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Event;
import io.coffer.core.SecretClosedException;
import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.vault.VaultState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InitializationTest {
    private static Initialization.Plan plan(int shares, int threshold) {
        return new Initialization.Plan(
                new SealConfig(shares, threshold), List.of(), Optional.empty(), Optional.empty());
    }

    private static Optional<Initialization.Handover> run(TestVault vault, Initialization.Plan plan) {
        return vault.initialization().run(plan).toCompletableFuture().join();
    }

    private static TestVault empty() {
        return new TestVault(TestVault.Setup.over(new MemoryDisk()));
    }

    @Test
    void aNewVaultIsSealedAndItsTokenIsRoot() {
        try (TestVault vault = empty();
                Initialization.Handover made = run(vault, plan(3, 2)).orElseThrow()) {
            assertThat(vault.vault().state()).isInstanceOf(VaultState.Sealed.class);
            assertThat(vault.events()).contains(new Event.VaultInitialized(3, 2));
            assertThat(made.shares()).hasSize(3).allMatch(share -> share.length() == 33);
            for (int i = 0; i < 3; i++) {
                assertThat(made.shares().get(i).copy()[32]).isEqualTo((byte) (i + 1));
            }
            vault.unsealing().offer(made.shares().get(2));
            vault.unsealing().offer(made.shares().get(0));
            String token = new String(made.rootToken().copy(), StandardCharsets.US_ASCII);
            assertThat(token).matches("hvs\\.[0-9A-Za-z]{24}");
            Response answer = vault.handle(
                    vault.request(Operation.READ, "auth/token/lookup-self", "", Optional.of(new Credential(token))));
            assertThat(TestVault.text(answer))
                    .contains("\"policies\":[\"root\"]", "\"path\":\"auth/token/root\"", "\"display_name\":\"root\"");
        }
    }

    @Test
    void everyVaultHasItsBuiltInMounts() {
        try (TestVault vault = TestVault.open()) {
            assertThat(vault.vault()
                            .<List<String>>unsealed(
                                    barrier -> barrier.survey(reader -> vault.mounts().read(reader).all().stream()
                                            .map(mount -> mount.path() + " " + mount.type())
                                            .toList())))
                    .containsExactly("auth/token/ token", "cubbyhole/ cubbyhole", "identity/ identity", "sys/ system");
        }
    }

    @Test
    void theSecondOneGetsNothing() {
        try (TestVault vault = empty();
                Initialization.Handover first = run(vault, plan(1, 1)).orElseThrow()) {
            assertThat(run(vault, plan(3, 2))).isEmpty();
            vault.unsealing().offer(first.shares().getFirst());
            assertThat(vault.isUnsealed()).isTrue();
            assertThat(run(vault, plan(3, 2))).isEmpty();
            assertThat(vault.isUnsealed()).isTrue();
        }
    }

    @Test
    void ofManyAtOnceExactlyOneCreatesAndItsSharesOpen() throws Exception {
        int many = 12;
        try (ExecutorService pool = Executors.newFixedThreadPool(many);
                ExecutorService log = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 10; round++) {
                try (TestVault vault =
                        new TestVault(TestVault.Setup.over(new MemoryDisk()).log(log))) {
                    CountDownLatch start = new CountDownLatch(1);
                    List<Future<Optional<Initialization.Handover>>> runs = new ArrayList<>();
                    for (int i = 0; i < many; i++) {
                        runs.add(pool.submit(() -> {
                            start.await();
                            return run(vault, plan(2, 2));
                        }));
                    }
                    start.countDown();
                    List<Initialization.Handover> made = new ArrayList<>();
                    for (Future<Optional<Initialization.Handover>> one : runs) {
                        one.get().ifPresent(made::add);
                    }
                    assertThat(made).hasSize(1);
                    made.getFirst().shares().forEach(vault.unsealing()::offer);
                    assertThat(vault.isUnsealed()).isTrue();
                }
            }
        }
    }

    @Test
    void whoeverGetsAHandoverOwnsIt() {
        try (TestVault vault = empty()) {
            Initialization.Handover made = run(vault, plan(3, 2)).orElseThrow();
            made.close();
            List<Secret> all = new ArrayList<>(made.shares());
            all.add(made.rootToken());
            for (Secret one : all) {
                assertThatThrownBy(one::copy).isInstanceOf(SecretClosedException.class);
            }
        }
    }
}
