// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.OverloadedException;
import io.coffer.core.TestVault;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slow work, run by the test when it wants.
class SlowWorkTest {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final List<Duration> leave = new ArrayList<>();
    private Executor pool = waiting::add;
    private final TestVault vault = TestVault.open(
            TestVault.Setup.over(new MemoryDisk())
                    .engine("slow", mount -> new Slowly())
                    .slow(work -> pool.execute(work)),
            1,
            1);

    /// Stores what it saw before its work, and says whether that is still so.
    private final class Slowly implements Engine {
        @Override
        public List<Route> routes() {
            return List.of(
                    Route.prepared("work", Operation.UPDATE, "Work.", this::look)
                            .with(Field.secret("secret", "Something.")),
                    Route.writes("now", Operation.UPDATE, "Write now.", (call, writer) -> {
                        writer.put(call.mount().folder().key("k"), text("changed"));
                        return Response.NO_CONTENT;
                    }));
        }

        private Handler.Preparation look(Call call, Reader<Plaintext> reader) {
            Optional<Plaintext> seen = reader.get(call.mount().folder().key("k"));
            return slow -> {
                leave.add(slow.left());
                boolean open =
                        call.request().values().secret("secret").orElseThrow().use(bytes -> bytes[0] == 'x');
                return (again, writer) -> {
                    boolean same = writer.get(again.mount().folder().key("k")).isPresent() == seen.isPresent();
                    writer.put(again.mount().folder().key("done"), text("done"));
                    return open && same ? Response.NO_CONTENT : new Response.Invalid("changed meanwhile");
                };
            };
        }

        private static Plaintext text(String text) {
            return new Plaintext(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void mount() {
        assertThat(vault.write("sys/mounts/slow", "{\"type\":\"slow\"}")).isEqualTo(Response.NO_CONTENT);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private CompletableFuture<Response> start() {
        return vault.start(
                        vault.request(Operation.UPDATE, "slow/work", "{\"secret\":\"x\"}", Optional.of(TestVault.ROOT)))
                .thenApply(Reply::response)
                .toCompletableFuture();
    }

    @Test
    void othersAreServedWhileItRuns() {
        CompletableFuture<Response> answer = start();
        assertThat(vault.read("sys/mounts")).isInstanceOf(Response.Ok.class);
        assertThat(answer).isNotDone();
        waiting.remove().run();
        assertThat(answer.join()).isEqualTo(Response.NO_CONTENT);
        assertThat(leave).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void itsTransactionSeesWhatHasChangedSinceItsLook() {
        CompletableFuture<Response> answer = start();
        vault.write("slow/now", "{}");
        waiting.remove().run();
        assertThat(answer.join()).isEqualTo(new Response.Invalid("changed meanwhile"));
    }

    @Test
    void sealingDoesNotWaitForItAndItChangesNothingThen() {
        CompletableFuture<Response> answer = start();
        vault.vault().seal();
        waiting.remove().run();
        assertThat(answer.join()).isEqualTo(new Response.Unavailable("Vault is sealed"));
        vault.unseal();
        CompletableFuture<Response> again = start();
        waiting.remove().run();
        assertThat(again.join()).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void aMountThatWasDisabledMeanwhileIsNotThere() {
        CompletableFuture<Response> answer = start();
        assertThat(vault.delete("sys/mounts/slow")).isEqualTo(Response.NO_CONTENT);
        waiting.remove().run();
        assertThat(answer.join()).isInstanceOf(Response.NotFound.class);
        mount();
        CompletableFuture<Response> before = start();
        vault.delete("sys/mounts/slow");
        mount();
        waiting.remove().run();
        assertThat(before.join()).as("another mount at its path").isInstanceOf(Response.NotFound.class);
    }

    @Test
    void aFullPoolIsAnswered429AndNothingIsDone() {
        pool = work -> {
            throw new OverloadedException("too much");
        };
        assertThat(start().join()).isEqualTo(new Response.Busy("too much"));
    }

    @Test
    void whatIsTooLateDoesNotBegin() {
        CompletableFuture<Response> answer = start();
        vault.time().pass(Duration.ofMinutes(2));
        waiting.remove().run();
        assertThat(answer.join()).isInstanceOf(Response.Unavailable.class);
        assertThat(leave).isEmpty();
    }

    @Test
    void aTokenThatEndedMeanwhileChangesNothing() {
        var made =
                (Response.Authenticated) vault.write("auth/token/create", "{\"policies\":[\"root\"],\"ttl\":\"1h\"}");
        CompletableFuture<Response> answer = vault.start(vault.request(
                        Operation.UPDATE,
                        "slow/work",
                        "{\"secret\":\"x\"}",
                        made.auth().credential()))
                .thenApply(Reply::response)
                .toCompletableFuture();
        vault.write(
                "auth/token/revoke-accessor", "{\"accessor\":\"" + made.auth().accessor() + "\"}");
        waiting.remove().run();
        assertThat(answer.join()).isInstanceOf(Response.Denied.class);
    }
}
