// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.Event;
import io.coffer.core.SecretClosedException;
import io.coffer.core.TestVault;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often a handler runs and what becomes of what it wrote, seen by an engine of the test's own.
class RunsTest {
    private final AtomicInteger runs = new AtomicInteger();
    private final List<Call> calls = new ArrayList<>();
    private Runnable inside = () -> {};
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).engine("probe", mount -> new Probe()), 1, 1);

    /// Counts up in one key, and does what the test wants inside.
    private final class Probe implements Engine {
        @Override
        public List<Route> routes() {
            return List.of(
                    Route.reads(
                            "count",
                            Operation.READ,
                            "Read it.",
                            (call, reader) -> new Response.Ok(Json.of(number(reader, key(call))))),
                    Route.writes("count", Operation.UPDATE, "Count up.", this::count)
                            .with(Field.text("then", "What to answer."), Field.secret("secret", "Something.")),
                    Route.writes("elsewhere", Operation.UPDATE, "Write in another scope.", (call, writer) -> {
                        writer.put(new StorageKey(Scope.SYSTEM, "mount-table"), new Plaintext(new byte[1]));
                        return Response.NO_CONTENT;
                    }));
        }

        private Response count(Call call, Writer<Plaintext> writer) {
            runs.incrementAndGet();
            calls.add(call);
            long now = number(writer, key(call)) + 1;
            writer.put(key(call), new Plaintext(Long.toString(now).getBytes(StandardCharsets.UTF_8)));
            inside.run();
            return switch (call.request().values().text("then").orElse("")) {
                case "deny" -> Response.Denied.PERMISSION;
                case "crash" -> throw new IllegalStateException("a defect");
                default -> new Response.Ok(Json.of(now));
            };
        }

        private static StorageKey key(Call call) {
            return call.mount().folder().key("n");
        }

        private static long number(Reader<Plaintext> reader, StorageKey key) {
            return reader.get(key)
                    .map(value -> Long.parseLong(new String(value.bytes(), StandardCharsets.UTF_8)))
                    .orElse(0L);
        }
    }

    @BeforeEach
    void mount() {
        assertThat(vault.write("sys/mounts/probe", "{\"type\":\"probe\"}")).isEqualTo(Response.NO_CONTENT);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private long count() {
        return Long.parseLong(TestVault.text(vault.read("probe/count")));
    }

    @Test
    void aWriteWithoutAConflictRunsOnce() {
        assertThat(TestVault.text(vault.write("probe/count", "{}"))).isEqualTo("1");
        assertThat(runs).hasValue(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aMountThatIsDisabledWhileAWriteRunsIsNotThere() {
        inside = () -> {
            inside = () -> {};
            assertThat(vault.delete("sys/mounts/probe")).isEqualTo(Response.NO_CONTENT);
        };
        assertThat(vault.write("probe/count", "{}")).isInstanceOf(Response.NotFound.class);
        assertThat(runs).hasValue(1);
        assertThat(vault.events()).noneMatch(Event.RequestCrashed.class::isInstance);
    }

    @Test
    void aWriteThatLosesRunsOnceMoreAndCannotLoseAgain() {
        AtomicInteger others = new AtomicInteger();
        inside = () -> {
            if (others.getAndIncrement() == 0) {
                vault.write("probe/count", "{}"); // a whole request, made and done while the first one runs
            }
        };
        assertThat(TestVault.text(vault.write("probe/count", "{}"))).isEqualTo("2");
        assertThat(runs).hasValue(3);
        assertThat(count()).isEqualTo(2);
        assertThat(calls.getFirst().now()).isEqualTo(calls.getLast().now());
    }

    @Test
    void whatARefusalWroteIsThereAndWhatACrashWroteIsNot() {
        assertThat(vault.write("probe/count", "{\"then\":\"deny\"}")).isEqualTo(Response.Denied.PERMISSION);
        assertThat(count()).isEqualTo(1);
        assertThat(vault.write("probe/count", "{\"then\":\"crash\"}"))
                .isEqualTo(new Response.Failed("internal error (request 00000000-0000-4000-8000-000000000000)"));
        assertThat(count()).isEqualTo(1);
        assertThat(vault.events())
                .anyMatch(event -> event instanceof Event.RequestCrashed crash
                        && crash.defect().getMessage().equals("a defect"));
    }

    @Test
    void anEngineReachesNothingBeyondItsMount() {
        assertThat(vault.write("probe/elsewhere", "{}")).isInstanceOf(Response.Failed.class);
        assertThat(vault.read("sys/mounts")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void theSecretsOfABodyAreClosedWhateverBecomesOfIt() {
        for (String then : List.of("", "deny", "crash")) {
            vault.write("probe/count", "{\"secret\":\"canary\",\"then\":\"" + then + "\"}");
        }
        assertThat(calls).hasSize(3);
        for (Call call : calls) {
            Secret secret = call.request().values().secret("secret").orElseThrow();
            assertThatThrownBy(secret::copy).isInstanceOf(SecretClosedException.class);
        }
    }

    @Test
    void aRequestThatIsStuckWhileTheVaultSealsIsAnsweredSealedAndNotMade() throws Exception {
        vault.write("probe/count", "{}");
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch sealed = new CountDownLatch(1);
        inside = () -> {
            stuck.countDown();
            await(sealed); // its value is encrypted already, and it needs no key any more
        };
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<Response> answer = pool.submit(() -> vault.write("probe/count", "{}"));
            stuck.await();
            vault.vault().seal();
            assertThat(vault.events()).contains(new Event.VaultSealed(false));
            sealed.countDown();
            inside = () -> {};
            assertThat(answer.get()).isEqualTo(new Response.Unavailable("Vault is sealed"));
            vault.unseal();
            assertThat(count()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
