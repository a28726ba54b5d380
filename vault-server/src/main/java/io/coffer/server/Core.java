// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.auth.token.TokenEngine;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.Job;
import io.coffer.core.ceremony.Delivery;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.ceremony.Rekey;
import io.coffer.core.ceremony.RootGeneration;
import io.coffer.core.ceremony.Rotation;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.cubbyhole.CubbyholeEngine;
import io.coffer.core.engine.identity.IdentityEngine;
import io.coffer.core.engine.kv.KvKind;
import io.coffer.core.engine.kv.UpgradeJob;
import io.coffer.core.identity.IdentitySubjects;
import io.coffer.core.lease.ClearLeases;
import io.coffer.core.lease.Ending;
import io.coffer.core.lease.ExpireLeases;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.RateLimits;
import io.coffer.core.mount.RemoveJob;
import io.coffer.core.pipeline.Admission;
import io.coffer.core.pipeline.AnyState;
import io.coffer.core.pipeline.Callers;
import io.coffer.core.pipeline.Execution;
import io.coffer.core.pipeline.Faults;
import io.coffer.core.pipeline.Grants;
import io.coffer.core.pipeline.LoginRoles;
import io.coffer.core.pipeline.Parsing;
import io.coffer.core.pipeline.RequestPipeline;
import io.coffer.core.pipeline.Settlement;
import io.coffer.core.pipeline.Throttle;
import io.coffer.core.pipeline.Uses;
import io.coffer.core.policy.Acls;
import io.coffer.core.policy.PolicyStore;
import io.coffer.core.rewrap.Latencies;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Folder;
import io.coffer.core.system.BackupRoutes;
import io.coffer.core.system.CapabilityRoutes;
import io.coffer.core.system.CorsRoutes;
import io.coffer.core.system.DecodeRoutes;
import io.coffer.core.system.ExplainRoutes;
import io.coffer.core.system.InitRoutes;
import io.coffer.core.system.KeyRoutes;
import io.coffer.core.system.LeaseReports;
import io.coffer.core.system.LeaseRoutes;
import io.coffer.core.system.Measures;
import io.coffer.core.system.MetricRoutes;
import io.coffer.core.system.MountNouns;
import io.coffer.core.system.MountedLeases;
import io.coffer.core.system.NamedTokens;
import io.coffer.core.system.Node;
import io.coffer.core.system.PasswordPolicyRoutes;
import io.coffer.core.system.PolicyRoutes;
import io.coffer.core.system.RecoveryRoutes;
import io.coffer.core.system.RekeyRoutes;
import io.coffer.core.system.RootRoutes;
import io.coffer.core.system.SealRoutes;
import io.coffer.core.system.ShareRoutes;
import io.coffer.core.system.StatusRoutes;
import io.coffer.core.system.SystemEngine;
import io.coffer.core.system.TokenBelongings;
import io.coffer.core.system.ToolRoutes;
import io.coffer.core.system.WrappingRoutes;
import io.coffer.core.token.ClearPaths;
import io.coffer.core.token.ClearTokens;
import io.coffer.core.token.ExpireTokens;
import io.coffer.core.token.TokenAcls;
import io.coffer.core.token.TokenStore;
import io.coffer.core.vault.Vault;
import io.coffer.core.wrapping.Wrapping;
import io.coffer.server.config.ServerConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// The core, put together: one method for each layer, from the storage up.
final class Core {
    private final Surroundings surroundings;
    private final MountTable mounts;
    private final TokenStore tokens = new TokenStore();
    private final PolicyStore policies = new PolicyStore();
    private final TokenAcls acls = new TokenAcls(new Acls(policies), new IdentitySubjects());
    private final Wrapping wrapping;
    private final LeaseStore leases = new LeaseStore(tokens);
    private final MountedLeases mountedLeases;
    private final Ending ending;
    private final Vault vault;
    private final Initialization initialization;
    private final Unsealing unsealing;
    private final Rekey rekey;
    private final RootGeneration rootGeneration;
    private final KeyLife keys;
    private final RequestPipeline pipeline;

    /// What the core is given by the world around it.
    ///
    /// @param measures what is counted
    /// @param latencies how long answers take
    /// @param kinds what can be mounted beside the engines that every core has
    record Surroundings(
            Time time,
            SecureRandom random,
            Observer observer,
            AuditLog audit,
            Measures measures,
            Pools pools,
            Latencies latencies,
            Map<String, Engine.Kind> kinds) {}

    /// @param workers goes on with requests that waited for an audit device
    /// @param slow runs what takes long
    record Pools(Executor workers, Executor slow) {}

    Core(Committer storage, ServerConfig config, Node node, Surroundings surroundings) {
        this.surroundings = surroundings;
        MountDefaults ttls =
                new MountDefaults(config.leases().defaultTtl(), config.leases().maxTtl(), config.lockouts());
        Map<String, Engine.Kind> kinds = new HashMap<>();
        this.mounts = new MountTable(type -> Optional.ofNullable(kinds.get(type)));
        this.wrapping = new Wrapping(tokens, mounts);
        this.mountedLeases = new MountedLeases(mounts, ttls);
        this.ending = new Ending(leases, mountedLeases);
        this.vault = new Vault(
                storage,
                surroundings.random(),
                surroundings.observer(),
                config.ceremonies().sealGrace());
        this.initialization = new Initialization(vault, mounts, tokens, surroundings.time(), surroundings.random());
        this.unsealing = new Unsealing(
                vault,
                surroundings.time(),
                surroundings.random(),
                config.ceremonies().unsealExpiry(),
                this::prepare);
        this.rekey = rekey(config.ceremonies().ceremonyExpiry());
        this.rootGeneration = rootGeneration(config.ceremonies().ceremonyExpiry());
        this.keys = new KeyLife(vault, storage, mounts, config, surroundings);
        Engine system = system(node, ttls, storage);
        kinds.put("system", mount -> system);
        kinds.put("identity", mount -> new IdentityEngine(mounts));
        Engine token = new TokenEngine(tokens, policies, mounts, ttls);
        kinds.put("auth/token", mount -> token);
        kinds.putAll(surroundings.kinds());
        kinds.put("cubbyhole", mount -> new CubbyholeEngine());
        kinds.put("kv", new KvKind());
        this.pipeline = pipeline(system, ttls, config);
    }

    private Rekey rekey(Duration expiry) {
        return new Rekey(vault, surroundings.time(), surroundings.random(), surroundings.observer(), expiry);
    }

    private RootGeneration rootGeneration(Duration expiry) {
        return new RootGeneration(
                vault,
                tokens,
                surroundings.random(),
                new RootGeneration.Surroundings(surroundings.time(), surroundings.observer(), expiry));
    }

    private void prepare(Barrier barrier) {
        barrier.govern(writer -> {
                    surroundings.audit().prepare(writer, surroundings.random());
                    policies.prepare(writer, surroundings.time().now());
                    return true;
                })
                .toCompletableFuture()
                .join();
    }

    private Engine system(Node node, MountDefaults ttls, Committer storage) {
        StatusRoutes status = new StatusRoutes(unsealing, node);
        Rotation rotation = new Rotation(vault, surroundings.time(), surroundings.observer());
        NamedTokens named = new NamedTokens(tokens, acls);
        return new SystemEngine(
                status.routes(),
                new SealRoutes(unsealing, status, surroundings.audit()).routes(),
                new InitRoutes(initialization, surroundings.audit()).routes(),
                new KeyRoutes(rotation, storage).routes(),
                keys.routes(),
                RootRoutes.of(rootGeneration, surroundings.audit()),
                DecodeRoutes.routes(),
                RekeyRoutes.of(rekey, surroundings.audit()),
                BackupRoutes.routes(),
                new ShareRoutes(new Delivery(storage), vault, surroundings.audit()).routes(),
                RecoveryRoutes.routes(),
                MountNouns.routes(mounts, leases, tokens, ttls),
                CorsRoutes.routes(),
                new MetricRoutes(surroundings.measures()).routes(),
                new PolicyRoutes(policies).routes(),
                new CapabilityRoutes(named).routes(),
                new ExplainRoutes(mounts, named).routes(),
                new PasswordPolicyRoutes().routes(),
                new WrappingRoutes(wrapping).routes(),
                new LeaseRoutes(leases, mountedLeases, ending, tokens).routes(),
                new LeaseReports(leases, mountedLeases).routes(),
                ToolRoutes.routes());
    }

    private RequestPipeline pipeline(Engine system, MountDefaults ttls, ServerConfig config) {
        Parsing parsing = new Parsing(config.limits().json());
        Callers callers = new Callers(tokens, acls);
        Admission.Mounted mounted = new Admission.Mounted(mounts, ttls);
        RequestPipeline.Steps steps = new RequestPipeline.Steps(
                new AnyState(system, parsing, surroundings.time(), surroundings.random()),
                new Throttle(
                        mounts,
                        new RateLimits(),
                        surroundings.audit(),
                        surroundings.time(),
                        new LoginRoles(mounted, parsing, surroundings.random())),
                new Admission(mounted, callers, parsing, surroundings.audit(), surroundings.random()),
                new Execution(
                        callers,
                        new Uses(tokens),
                        new Settlement(new Grants(tokens, leases), wrapping),
                        surroundings.time(),
                        surroundings.random()),
                surroundings.audit(),
                new Faults(surroundings.observer()));
        return new RequestPipeline(
                vault,
                steps,
                surroundings.time(),
                surroundings.pools().workers(),
                surroundings.pools().slow());
    }

    List<Job> jobs() {
        Job upgrade = new UpgradeJob(
                reader -> mounts.read(reader).all().stream()
                        .filter(mount -> mount.type().equals("kv") && KvKind.versioned(mount.options()))
                        .map(mount -> Folder.of(mount.scope()))
                        .toList(),
                surroundings.time(),
                surroundings.observer());
        Time time = surroundings.time();
        List<Job> jobs = new ArrayList<>(List.of(
                upgrade,
                new ExpireTokens(time),
                new ClearTokens(new TokenBelongings(mounts, leases, time)),
                new ClearPaths(),
                new ExpireLeases(leases, ending, time),
                new ClearLeases(leases, ending, time),
                new RemoveJob(mounts, leases, time)));
        jobs.addAll(LoginMethods.jobs(mounts, time));
        jobs.addAll(keys.jobs());
        return jobs;
    }

    Vault vault() {
        return vault;
    }

    Initialization initialization() {
        return initialization;
    }

    /// Forgets the shares of ceremonies that have expired.
    void expire() {
        unsealing.progress();
        rekey.expire();
        rootGeneration.expire();
        keys.expire();
    }

    Unsealing unsealing() {
        return unsealing;
    }

    RequestPipeline pipeline() {
        return pipeline;
    }

    MountTable mounts() {
        return mounts;
    }
}
