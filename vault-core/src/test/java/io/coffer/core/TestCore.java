// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.auth.approle.ApproleEngine;
import io.coffer.core.auth.cert.CertEngine;
import io.coffer.core.auth.jwt.JwtEngine;
import io.coffer.core.auth.ldap.LdapEngine;
import io.coffer.core.auth.token.TokenEngine;
import io.coffer.core.auth.userpass.UserpassEngine;
import io.coffer.core.backup.Verification;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.ceremony.Approval;
import io.coffer.core.ceremony.Delivery;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.ceremony.Rekey;
import io.coffer.core.ceremony.RootGeneration;
import io.coffer.core.ceremony.Rotation;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.engine.Directory;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.cubbyhole.CubbyholeEngine;
import io.coffer.core.engine.identity.IdentityEngine;
import io.coffer.core.engine.kv.KvKind;
import io.coffer.core.identity.IdentitySubjects;
import io.coffer.core.lease.Ending;
import io.coffer.core.lease.LeaseStore;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.RateLimits;
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
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonLimits;
import io.coffer.core.rewrap.Latencies;
import io.coffer.core.rewrap.Obstacles;
import io.coffer.core.rewrap.Pace;
import io.coffer.core.storage.Committer;
import io.coffer.core.system.BackupRoutes;
import io.coffer.core.system.CapabilityRoutes;
import io.coffer.core.system.CorsRoutes;
import io.coffer.core.system.DecodeRoutes;
import io.coffer.core.system.DestroyRoutes;
import io.coffer.core.system.ExplainRoutes;
import io.coffer.core.system.ImportRoutes;
import io.coffer.core.system.InitRoutes;
import io.coffer.core.system.KeyListRoutes;
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
import io.coffer.core.system.ReceiptRoutes;
import io.coffer.core.system.RecoveryRoutes;
import io.coffer.core.system.RekeyRoutes;
import io.coffer.core.system.RewrapRoutes;
import io.coffer.core.system.RootRoutes;
import io.coffer.core.system.RotateConfigRoutes;
import io.coffer.core.system.SealRoutes;
import io.coffer.core.system.ShareRoutes;
import io.coffer.core.system.StatusRoutes;
import io.coffer.core.system.SystemEngine;
import io.coffer.core.system.TermRoutes;
import io.coffer.core.system.ToolRoutes;
import io.coffer.core.system.VerifyRoutes;
import io.coffer.core.system.WrappingRoutes;
import io.coffer.core.term.LastUses;
import io.coffer.core.token.TokenAcls;
import io.coffer.core.token.TokenStore;
import io.coffer.core.vault.Vault;
import io.coffer.core.wrapping.Wrapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The core put together as the daemon does it: one method for each layer. A new noun of `sys/`, a new kind of engine
/// and a new job are added here as there.
final class TestCore {
    /// How long sealing waits for whoever is inside.
    private static final Duration SEAL_GRACE = Duration.ofMillis(200);

    private static final Measures NOTHING_COUNTED = new Measures() {
        @Override
        public String prometheus() {
            return "";
        }

        @Override
        public Json json() {
            return Json.EMPTY;
        }
    };

    private final TestVault.Setup setup;
    private final MountTable mounts;
    private final TokenStore tokens = new TokenStore();
    private final PolicyStore policies = new PolicyStore();
    private final TokenAcls acls = new TokenAcls(new Acls(policies), new IdentitySubjects());
    private final Wrapping wrapping;
    private final LeaseStore leases = new LeaseStore(tokens);
    private final LastUses uses = new LastUses();
    private final Obstacles obstacles;
    private final MountedLeases mountedLeases;
    private final Ending ending;
    private final Vault vault;
    private final Initialization initialization;
    private final Unsealing unsealing;
    private final Rekey rekey;
    private final AuditLog audit;
    private final Engine system;
    private final RequestPipeline pipeline;

    TestCore(TestVault.Setup setup, Committer committer) {
        this.setup = setup;
        this.obstacles = new Obstacles(setup.time());
        this.audit = new AuditLog(setup.devices(), AuditLimits.DEFAULT, setup.time(), setup.events()::add);
        Map<String, Engine.Kind> kinds = new HashMap<>();
        this.mounts = new MountTable(type -> Optional.ofNullable(kinds.get(type)));
        this.wrapping = new Wrapping(tokens, mounts);
        this.mountedLeases = new MountedLeases(mounts, MountDefaults.STANDARD);
        this.ending = new Ending(leases, mountedLeases);
        this.vault = new Vault(committer, setup.random(), setup.events()::add, SEAL_GRACE);
        this.initialization = new Initialization(vault, mounts, tokens, setup.time(), setup.random());
        this.unsealing = new Unsealing(vault, setup.time(), setup.random(), TestVault.UNSEAL_EXPIRY, this::prepare);
        this.rekey = new Rekey(vault, setup.time(), setup.random(), setup.events()::add, TestVault.CEREMONY_EXPIRY);
        this.system = system(committer);
        kinds.put("system", mount -> system);
        kinds.put("identity", mount -> new IdentityEngine(mounts));
        Engine token = new TokenEngine(tokens, policies, mounts, MountDefaults.STANDARD);
        kinds.put("auth/token", mount -> token);
        kinds.put("auth/approle", ApproleEngine::new);
        kinds.put("auth/cert", mount -> new CertEngine(mount, Outbound.NONE));
        kinds.put("auth/jwt", mount -> new JwtEngine(mount, Outbound.NONE));
        kinds.put("auth/ldap", mount -> new LdapEngine(mount, Directory.NONE));
        kinds.put("auth/userpass", UserpassEngine::new);
        kinds.put("cubbyhole", mount -> new CubbyholeEngine());
        kinds.put("kv", new KvKind());
        kinds.putAll(setup.engines());
        this.pipeline = pipeline(system);
    }

    private void prepare(Barrier barrier) {
        barrier.govern(writer -> {
                    audit.prepare(writer, setup.random());
                    policies.prepare(writer, setup.time().now());
                    return true;
                })
                .toCompletableFuture()
                .join();
    }

    private Engine system(Committer committer) {
        Node node = new Node("1.17.0+coffer", "2026-01-01T00:00:00Z", "inmem", "", () -> false);
        StatusRoutes status = new StatusRoutes(unsealing, node);
        Rotation rotation = new Rotation(vault, setup.time(), setup.events()::add);
        RootGeneration rootGeneration = new RootGeneration(
                vault,
                tokens,
                setup.random(),
                new RootGeneration.Surroundings(setup.time(), setup.events()::add, TestVault.CEREMONY_EXPIRY));
        NamedTokens named = new NamedTokens(tokens, acls);
        return new SystemEngine(
                status.routes(),
                new SealRoutes(unsealing, status, audit).routes(),
                new InitRoutes(initialization, audit).routes(),
                new KeyRoutes(rotation, committer).routes(),
                keys(committer),
                RootRoutes.of(rootGeneration, audit),
                DecodeRoutes.routes(),
                RekeyRoutes.of(rekey, audit),
                BackupRoutes.routes(),
                new ShareRoutes(new Delivery(committer), vault, audit).routes(),
                RecoveryRoutes.routes(),
                MountNouns.routes(mounts, leases, tokens, MountDefaults.STANDARD),
                CorsRoutes.routes(),
                new MetricRoutes(NOTHING_COUNTED).routes(),
                new PolicyRoutes(policies).routes(),
                new CapabilityRoutes(named).routes(),
                new ExplainRoutes(mounts, named).routes(),
                new PasswordPolicyRoutes().routes(),
                new WrappingRoutes(wrapping).routes(),
                new LeaseRoutes(leases, mountedLeases, ending, tokens).routes(),
                new LeaseReports(leases, mountedLeases).routes(),
                ToolRoutes.routes());
    }

    private List<Route> keys(Committer committer) {
        Approval approval = new Approval(vault, setup.time(), setup.random(), TestVault.CEREMONY_EXPIRY);
        return Stream.of(
                        TermRoutes.routes(),
                        new DestroyRoutes(mounts, committer, approval, audit, Jobs.DESTROY_WAIT).routes(),
                        ReceiptRoutes.routes(),
                        new KeyListRoutes(committer, uses, mounts).routes(),
                        new RewrapRoutes(new Pace(setup.time(), new Latencies()), obstacles).routes(),
                        RotateConfigRoutes.routes(),
                        ImportRoutes.routes(),
                        new VerifyRoutes(new Verification(committer, setup.time(), (reader, scope) -> true)).routes())
                .flatMap(List::stream)
                .toList();
    }

    private RequestPipeline pipeline(Engine system) {
        Parsing parsing = new Parsing(JsonLimits.DEFAULT);
        Callers callers = new Callers(tokens, acls);
        Admission.Mounted mounted = new Admission.Mounted(mounts, MountDefaults.STANDARD);
        RequestPipeline.Steps steps = new RequestPipeline.Steps(
                new AnyState(system, parsing, setup.time(), setup.random()),
                new Throttle(
                        mounts,
                        new RateLimits(),
                        audit,
                        setup.time(),
                        new LoginRoles(mounted, parsing, setup.random())),
                new Admission(mounted, callers, parsing, audit, setup.random()),
                new Execution(
                        callers,
                        new Uses(tokens),
                        new Settlement(new Grants(tokens, leases), wrapping),
                        setup.time(),
                        setup.random()),
                audit,
                new Faults(setup.events()::add));
        return new RequestPipeline(vault, steps, setup.time(), Runnable::run, setup.slow());
    }

    Vault vault() {
        return vault;
    }

    Obstacles obstacles() {
        return obstacles;
    }

    Initialization initialization() {
        return initialization;
    }

    Unsealing unsealing() {
        return unsealing;
    }

    MountTable mounts() {
        return mounts;
    }

    TokenStore tokens() {
        return tokens;
    }

    Engine system() {
        return system;
    }

    RequestPipeline pipeline() {
        return pipeline;
    }
}
