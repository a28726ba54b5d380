// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final List<Runnable> log = new ArrayList<>();
    private boolean held;
    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk()).log(task -> {
                if (held) {
                    log.add(task);
                } else {
                    task.run();
                }
            }),
            1,
            1);

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/secret", "{\"type\":\"kv-v2\"}");
    }

    @AfterEach
    void close() {
        release();
        vault.close();
    }

    private void release() {
        held = false;
        List.copyOf(log).forEach(Runnable::run);
        log.clear();
    }

    private Incoming request(Operation operation, String path, String body) {
        return vault.request(operation, path, body, Optional.of(TestVault.ROOT));
    }

    private Response as(String token, Operation operation, String path, String body) {
        return vault.handle(vault.request(
                operation, path, body, token.isEmpty() ? Optional.empty() : Optional.of(new Credential(token))));
    }

    @Test
    void aBodyWithoutAnythingInItIsNone() {
        for (String none : new String[] {"", " ", "\r\n\t ", "null", " null\n", "{}"}) {
            assertThat(vault.write("auth/token/create", none)).as(none).isInstanceOf(Response.Authenticated.class);
        }
        assertThat(vault.write("auth/token/create", "\u00a0")).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void aSecretThatIsTooLongIsRefusedByTheNameOfItsField() {
        vault.write("sys/auth/userpass", "{\"type\":\"userpass\"}");
        String body = "{\"password\":\"" + "x".repeat(Secret.MAX_BYTES + 1) + "\"}";
        Response refused = new Response.Invalid("Field validation failed: error converting input for field"
                + " \"password\": at most 65536 bytes are expected");
        assertThat(vault.write("auth/userpass/users/ann", body)).isEqualTo(refused);
        assertThat(vault.write("auth/userpass/users/ann", body.replace("password", "PassWord")))
                .isEqualTo(refused);
    }

    @Test
    void aBodyIsNotParsedForWhomNobodyKnows() {
        String broken = "{\"data\":{\"k\":";
        assertThat(as("", Operation.UPDATE, "secret/data/a", broken)).isInstanceOf(Response.Denied.class);
        assertThat(as("hvs.x", Operation.UPDATE, "secret/data/a", broken)).isInstanceOf(Response.Denied.class);
        assertThat(vault.write("secret/data/a", broken))
                .isInstanceOfSatisfying(Response.Invalid.class, bad -> assertThat(bad.errors())
                        .singleElement()
                        .asString()
                        .startsWith("failed to decode JSON input: "));
        vault.vault().seal();
        assertThat(vault.write("secret/data/a", broken)).isEqualTo(new Response.Unavailable("Vault is sealed"));
        vault.unseal();
    }

    @Test
    void aBodyThatIsNullIsNone() {
        for (String none : List.of("", "null", " null\n")) {
            assertThat(vault.write("auth/token/renew", none)).isEqualTo(vault.write("auth/token/renew", "{}"));
            assertThat(vault.write("sys/tools/random", none)).isInstanceOf(Response.Ok.class);
        }
        for (String other : List.of("nul", "nullnull", "[]", "\"null\"", "null{}", "NULL", " ".repeat(20) + "null")) {
            assertThat(vault.write("sys/tools/random", other)).as(other).isInstanceOf(Response.Invalid.class);
        }
    }

    @Test
    void whoeverHasNoTokenLearnsNothingOfWhatIsThere() {
        List<Response> answers = new ArrayList<>();
        for (String path : List.of("secret/data/a", "secret/nothing", "nowhere/a", "sys/mounts", "sys/nothing")) {
            answers.add(as("", Operation.READ, path, ""));
        }
        assertThat(answers).containsOnly(Response.Denied.PERMISSION);
        answers.clear();
        for (String path : List.of("secret/data/a", "secret/nothing", "nowhere/a", "sys/mounts", "sys/nothing")) {
            answers.add(as("hvs.wrong", Operation.READ, path, ""));
        }
        assertThat(answers).allMatch(answer -> answer.equals(answers.getFirst()));
    }

    @Test
    void everyBodyIsErasedWhateverBecomesOfIt() {
        for (String path : List.of("secret/data/a", "nowhere", "sys/unseal", "sys/health", "secret/data/a/")) {
            Incoming request = request(Operation.UPDATE, path, "{\"data\":{\"k\":\"canary\"}}");
            vault.handle(request);
            assertThat(request.body()).as(path).containsOnly(0);
        }
        vault.vault().seal();
        Incoming request = request(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":\"canary\"}}");
        vault.handle(request);
        assertThat(request.body()).containsOnly(0);
        vault.unseal();
    }

    @Test
    void anAnswerToAWriteWaitsForTheDiskAndAReadDoesNot() {
        held = true;
        CompletableFuture<Reply> write = vault.start(request(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":1}}"))
                .toCompletableFuture();
        assertThat(write).isNotDone();
        assertThat(vault.read("secret/data/a"))
                .as("what is not durable is not there")
                .isEqualTo(Response.ABSENT);
        release();
        assertThat(write.join().response()).isInstanceOf(Response.Ok.class);
        assertThat(vault.read("secret/data/a")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void whatIsAcceptedIsAnsweredEvenIfTheVaultSealsMeanwhile() {
        held = true;
        CompletableFuture<Reply> write = vault.start(request(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":1}}"))
                .toCompletableFuture();
        vault.vault().seal();
        assertThat(vault.events()).contains(new Event.VaultSealed(true));
        assertThat(vault.read("secret/data/a")).isEqualTo(new Response.Unavailable("Vault is sealed"));
        release();
        assertThat(write.join().response()).isInstanceOf(Response.Ok.class);
        vault.unseal();
        assertThat(vault.read("secret/data/a")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void whatIsPastItsDeadlineIsNeitherReadNorMade() {
        Incoming plain = request(Operation.UPDATE, "secret/data/a", "{\"data\":{\"k\":1}}");
        Duration past = vault.time().elapsed().minusNanos(1);
        assertThat(vault.handle(Requests.until(past, plain))).isInstanceOf(Response.Unavailable.class);
        assertThat(vault.read("secret/data/a")).isEqualTo(Response.ABSENT);
        Incoming read = request(Operation.READ, "secret/data/a", "");
        assertThat(vault.handle(Requests.until(past, read))).isInstanceOf(Response.Unavailable.class);
        assertThat(vault.handle(Requests.until(vault.time().elapsed(), read))).isEqualTo(Response.ABSENT);
    }

    @Test
    void nothingIsReturnedUnwrappedThatAskedToBeWrapped() {
        vault.write("secret/data/a", "{\"data\":{\"k\":\"canary\"}}");
        for (String ttl : List.of("60", "5m", "1ns", "-1", "soon")) {
            Incoming read = request(Operation.READ, "secret/data/a", "");
            assertThat(vault.handle(Requests.wrapped(ttl, read)))
                    .as(ttl)
                    .isInstanceOfAny(Response.Invalid.class, Response.Wrapped.class);
        }
        Incoming none = request(Operation.READ, "secret/data/a", "");
        assertThat(vault.handle(Requests.wrapped("0", none))).isInstanceOf(Response.Ok.class);
    }

    /// All of them count up in one secret, each by the version that it saw; so each is run twice at most.
    @Test
    void everyWriteOfManyOnOneSecretIsMadeOnce() throws Exception {
        int workers = 8;
        int each = 25;
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<Integer>> done = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                done.add(pool.submit(() -> {
                    int made = 0;
                    for (int i = 0; i < each; i++) {
                        made += vault.write("secret/data/shared", "{\"data\":{}}") instanceof Response.Ok ? 1 : 0;
                    }
                    return made;
                }));
            }
            int made = 0;
            for (Future<Integer> one : done) {
                made += one.get();
            }
            assertThat(made).isEqualTo(workers * each);
        }
        assertThat(TestVault.text(vault.read("secret/metadata/shared")))
                .contains("\"current_version\":" + workers * each);
    }

    @Test
    void aTokenThatGoesBetweenTheVisitsIsNobodysAnyMore() {
        held = true;
        CompletableFuture<Boolean> gone = vault.vault()
                .unsealed(barrier -> barrier.govern(writer -> {
                    writer.clear(Folder.of(Scope.TOKENS));
                    return true;
                }))
                .toCompletableFuture();
        CompletableFuture<Reply> late = vault.start(request(Operation.UPDATE, "secret/data/a", "{\"data\":{}}"))
                .toCompletableFuture();
        release();
        assertThat(gone).isCompletedWithValue(true);
        assertThat(late.join().response()).isInstanceOf(Response.Denied.class);
        assertThat(vault.read("secret/data/a")).isInstanceOf(Response.Denied.class);
    }
}
