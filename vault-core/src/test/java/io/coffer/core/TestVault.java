// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import io.coffer.core.audit.AuditDevice;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.engine.Engine;
import io.coffer.core.mount.MountTable;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Obstacles;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/// The whole core over a disk, put together as the daemon does it, with clocks that stand still and randomness from
/// a seed. {@link #open} gives one that is initialized and unsealed, and {@link #handle} sends it requests.
///
/// By default batches are written on the thread that asks, so everything has happened on return.
public final class TestVault implements AutoCloseable {
    public static final Credential ROOT = new Credential("hvs.RootTokenOfTheTests");

    public static final Duration UNSEAL_EXPIRY = Duration.ofMinutes(10);

    /// After which an abandoned rekey or root generation ends.
    public static final Duration CEREMONY_EXPIRY = Duration.ofMinutes(20);

    private final Setup setup;
    private final Committer committer;
    private final TestCore core;
    private final List<Secret> shares = new ArrayList<>();

    /// What it stands on.
    ///
    /// @param log writes the batches
    /// @param slow runs what takes long
    /// @param engines kinds beside those of the product
    /// @param events what was told to the observer so far
    public record Setup(
            Disk disk,
            SecureRandom random,
            HandTime time,
            List<AuditDevice> devices,
            Executor log,
            Executor slow,
            Map<String, Engine.Kind> engines,
            List<Event> events) {

        public static Setup over(Disk disk) {
            return new Setup(
                    disk,
                    seeded(1),
                    new HandTime(),
                    List.of(),
                    Runnable::run,
                    Runnable::run,
                    Map.of(),
                    new CopyOnWriteArrayList<>());
        }

        public Setup devices(AuditDevice... others) {
            return new Setup(disk, random, time, List.of(others), log, slow, engines, events);
        }

        public Setup log(Executor other) {
            return new Setup(disk, random, time, devices, other, slow, engines, events);
        }

        public Setup random(SecureRandom other) {
            return new Setup(disk, other, time, devices, log, slow, engines, events);
        }

        /// With one more kind of engine that can be mounted.
        public Setup engine(String type, Engine.Kind kind) {
            return new Setup(disk, random, time, devices, log, slow, Map.of(type, kind), events);
        }

        /// With threads of its own for what takes long.
        public Setup slow(Executor other) {
            return new Setup(disk, random, time, devices, log, other, engines, events);
        }

        Setup disk(Disk other) {
            return new Setup(other, random, time, devices, log, slow, engines, events);
        }
    }

    /// Initialized into five shares, of which three open it, and unsealed, over memory.
    public static TestVault open() {
        return open(Setup.over(new MemoryDisk()), 5, 3);
    }

    /// Initialized and unsealed.
    public static TestVault open(Setup setup, int shares, int threshold) {
        TestVault made = new TestVault(setup);
        made.initialize(shares, threshold);
        made.unseal();
        return made;
    }

    /// In whatever state the disk is in.
    public TestVault(Setup setup) {
        this.setup = setup;
        this.committer = new Committer(setup.disk(), setup.log(), setup.events()::add, setup.time());
        this.core = new TestCore(setup, committer);
    }

    /// Makes the store; its shares are {@link #shares} from now on.
    public TestVault initialize(int count, int threshold) {
        Initialization.Plan plan = new Initialization.Plan(
                new SealConfig(count, threshold), List.of(), Optional.empty(), Optional.of(ROOT));
        Initialization.Handover made =
                core.initialization().run(plan).toCompletableFuture().join().orElseThrow();
        made.rootToken().close();
        shares.addAll(made.shares());
        return this;
    }

    /// Hands in as many shares as are needed, from the last one down.
    public TestVault unseal() {
        for (int i = shares.size(); i > 0 && !isUnsealed(); i--) {
            unsealing().offer(share(i));
        }
        if (!isUnsealed()) {
            throw new AssertionError("the shares do not open the vault");
        }
        return this;
    }

    /// Started again on the same disk, sealed, with everything else as it was.
    public TestVault restart() {
        close();
        return restart(setup.disk());
    }

    /// Started again on what is left of the disk after a kill.
    public TestVault restart(Disk left) {
        TestVault again = new TestVault(setup.disk(left));
        again.shares.addAll(shares);
        return again;
    }

    /// Sends a request and waits for its answer.
    public Response handle(Incoming incoming) {
        return start(incoming).toCompletableFuture().join().response();
    }

    public CompletionStage<Reply> start(Incoming incoming) {
        return core.pipeline().handle(incoming);
    }

    /// Asks with the root token.
    public Response handle(Operation operation, String path, String body) {
        return handle(request(operation, path, body, Optional.of(ROOT)));
    }

    public Response read(String path) {
        return handle(Operation.READ, path, "");
    }

    public Response write(String path, String body) {
        return handle(Operation.UPDATE, path, body);
    }

    public Response delete(String path) {
        return handle(Operation.DELETE, path, "");
    }

    /// Changes the store behind the requests' back, in one transaction.
    public void change(Consumer<BarrierWriter> work) {
        vault().unsealed(barrier -> barrier.govern(writer -> {
                    work.accept(writer);
                    return true;
                }))
                .toCompletableFuture()
                .join();
    }

    /// Looks at the store as it is.
    public <T> T look(Function<BarrierReader, T> work) {
        return vault().unsealed(barrier -> barrier.survey(work));
    }

    /// A request from this host with a minute to go.
    public Incoming request(Operation operation, String path, String body, Optional<Credential> token) {
        return new Incoming(
                "00000000-0000-4000-8000-000000000000",
                operation,
                new RequestPath(path),
                Map.of(),
                body.getBytes(StandardCharsets.UTF_8),
                Incoming.Form.JSON,
                token,
                Optional.empty(),
                Origin.INTERNAL,
                setup.time().elapsed().plus(Duration.ofMinutes(1)));
    }

    /// What an answer says, as JSON; its text of another kind as it is.
    public static String text(Response response) {
        return response instanceof Response.Ok ok
                ? new String(JsonText.write(ok.data()), StandardCharsets.UTF_8)
                : response.toString();
    }

    /// Randomness that repeats itself: as good as any, and known to whoever knows the seed.
    public static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isUnsealed() {
        return vault().state() instanceof VaultState.Unsealed;
    }

    /// A share by its index, from 1; it stays the vault's.
    public Secret share(int index) {
        return shares.get(index - 1);
    }

    public List<Secret> shares() {
        return List.copyOf(shares);
    }

    public Vault vault() {
        return core.vault();
    }

    public Initialization initialization() {
        return core.initialization();
    }

    public Unsealing unsealing() {
        return core.unsealing();
    }

    public MountTable mounts() {
        return core.mounts();
    }

    /// What a rewrap has met that cannot be read, as `sys/rewrap` tells it.
    public Obstacles obstacles() {
        return core.obstacles();
    }

    public Committer committer() {
        return committer;
    }

    public Disk disk() {
        return setup.disk();
    }

    public HandTime time() {
        return setup.time();
    }

    public List<Event> events() {
        return setup.events();
    }

    /// Seals, and stops the committer; the disk stays open.
    @Override
    public void close() {
        vault().seal();
        committer.close();
    }
}
