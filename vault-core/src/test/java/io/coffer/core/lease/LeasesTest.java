// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.Ttl;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.token.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With more leases: {@code -Dcoffer.leases=100000}.
class LeasesTest {
    private static final int MANY = Integer.getInteger("coffer.leases", 10_000);

    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
        vault.write("kv/a/b", "{\"x\":1,\"ttl\":\"1h\"}");
        vault.write("kv/c", "{\"x\":1}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response.Leased read(String token, String path) {
        Response answer = clients.call(token, Operation.READ, path, "");
        assertThat(answer).isInstanceOf(Response.Leased.class);
        return (Response.Leased) answer;
    }

    private String call(String path, String body) {
        Response answer = clients.write(ROOT, "sys/leases/" + path, body);
        return answer instanceof Response.Leased leased
                ? "200 " + leased.seconds() + "s" + leased.warnings()
                : show(answer);
    }

    private static String named(String id) {
        return "{\"lease_id\":\"" + id + "\"}";
    }

    private int stored() {
        return vault.look(reader -> reader.scan(Folder.of(Scope.LEASES), "", 1000).items().stream()
                .filter(key -> !key.path().equals("ended"))
                .toList()
                .size());
    }

    @Test
    void whoReadsGetsALeaseOfItsOwn() {
        Response.Leased lease = read(ROOT, "kv/a/b");
        assertThat(lease.leaseId()).matches("kv/a/b/[0-9A-Za-z]{24}");
        assertThat(lease.seconds()).isEqualTo(3600);
        assertThat(lease.renewable()).isTrue();
        assertThat(read(ROOT, "kv/a/b").leaseId()).isNotEqualTo(lease.leaseId());
        assertThat(read(ROOT, "kv/c").renewable()).isFalse();
        assertThat(read(ROOT, "kv/c").seconds()).isEqualTo(2764800);
        assertThat(call("lookup", named(lease.leaseId())))
                .startsWith("200 {\"expire_time\":\"2026-11-24T13:00:00.5Z\",\"id\":\"" + lease.leaseId())
                .endsWith("\"last_renewal\":null,\"path\":\"kv/a/b\",\"renewable\":true,\"ttl\":3600}");
        assertThat(show(clients.call(ROOT, Operation.LIST, "sys/leases/lookup/", "")))
                .isEqualTo("200 {\"keys\":[\"kv/\"]}");
        assertThat(show(clients.call(ROOT, Operation.LIST, "sys/leases/lookup/kv/", "")))
                .isEqualTo("200 {\"keys\":[\"a/\",\"c/\"]}");
        assertThat(show(clients.call(ROOT, Operation.LIST, "sys/leases/lookup/none/", "")))
                .isEqualTo("404 ");
    }

    @Test
    void aLeaseIsRenewedAsItsEngineSays() {
        String id = read(ROOT, "kv/a/b").leaseId();
        vault.time().pass(Duration.ofMinutes(50));
        assertThat(call("renew", "{\"lease_id\":\"" + id + "\",\"increment\":\"600\"}"))
                .isEqualTo("200 600s[]");
        assertThat(call("renew/" + id, "{}")).isEqualTo("200 3600s[]");
        assertThat(call("renew/" + id, "{\"increment\":\"9999h\"}")).startsWith("200 2761800s[TTL of \"9999h0m0s\"");
        assertThat(show(clients.write(ROOT, "sys/renew", "{}"))).isEqualTo("400 lease_id must be specified");
        assertThat(call("renew", named("kv/a/b/none"))).isEqualTo("400 lease not found");
        assertThat(call("renew", named(read(ROOT, "kv/c").leaseId()))).isEqualTo("400 lease is not renewable");
        assertThat(call("renew", named("auth/userpass/login/x/y")))
                .isEqualTo("400 tokens cannot be renewed through this endpoint");
    }

    @Test
    void aLeaseIsOverAtItsEnd() {
        String id = read(ROOT, "kv/a/b").leaseId();
        vault.time().pass(Duration.ofHours(1));
        assertThat(call("lookup", named(id))).isEqualTo("400 invalid lease");
        assertThat(call("renew", named(id))).isEqualTo("400 lease expired");
        new Jobs(vault).run();
        assertThat(call("renew", named(id))).isEqualTo("400 lease not found");
        assertThat(stored()).isZero();
    }

    @Test
    void aRenewalInTheLastMomentGivesNoLifeWithoutAnEnd() {
        vault.write("sys/mounts/kv/tune", "{\"default_lease_ttl\":\"1h\",\"max_lease_ttl\":\"1h\"}");
        for (int left : new int[] {1, 499, 500, 501, 999, 1000, 1001}) {
            String id = read(ROOT, "kv/a/b").leaseId();
            vault.time().pass(Duration.ofHours(1).minusMillis(left));
            call("renew", "{\"lease_id\":\"" + id + "\",\"increment\":\"9h\"}");
            vault.time().pass(Duration.ofMillis(left).plusSeconds(1));
            assertThat(call("lookup", named(id))).as("%d ms left", left).isEqualTo("400 invalid lease");
        }
        new Jobs(vault).run();
        assertThat(stored()).isZero();
    }

    @Test
    void aLeaseIsRevokedInEachForm() {
        for (String form : List.of("revoke", "revoke/")) {
            String id = read(ROOT, "kv/a/b").leaseId();
            assertThat(form.endsWith("/") ? call(form + id, "") : call(form, named(id)))
                    .isEqualTo("204");
            assertThat(call("lookup", named(id))).isEqualTo("400 invalid lease");
            assertThat(call("revoke", named(id))).isEqualTo("204");
        }
        assertThat(stored()).isZero();
        String id = read(ROOT, "kv/a/b").leaseId();
        assertThat(call("revoke", "{\"lease_id\":\"" + id + "\",\"sync\":false}"))
                .isEqualTo("202");
        assertThat(call("lookup", named(id))).isEqualTo("400 invalid lease");
        new Jobs(vault).run();
        assertThat(stored()).isZero();
    }

    @Test
    void allBelowAPathEndAtOnce() {
        String dead = read(ROOT, "kv/a/b").leaseId();
        String other = read(ROOT, "kv/c").leaseId();
        assertThat(call("revoke-prefix/kv/a", "")).isEqualTo("204");
        assertThat(call("lookup", named(dead))).isEqualTo("400 invalid lease");
        assertThat(call("lookup", named(other))).startsWith("200 ");
        vault.time().pass(Duration.ofMillis(1));
        String later = read(ROOT, "kv/a/b").leaseId();
        new Jobs(vault).run();
        assertThat(call("lookup", named(later))).startsWith("200 ");
        assertThat(call("revoke-prefix/nothing/there", "")).isEqualTo("204");
        assertThat(call("revoke-force/kv", "")).isEqualTo("204");
        assertThat(call("lookup", named(later))).isEqualTo("400 invalid lease");
        new Jobs(vault).run();
        assertThat(stored()).isZero();
    }

    @Test
    void leasesGoWithTheirTokenAndWithTheirMount() {
        String token = clients.create("{}");
        String id = read(token, "kv/a/b").leaseId();
        clients.write(ROOT, "auth/token/revoke", "{\"token\":\"" + token + "\"}");
        assertThat(call("lookup", named(id))).isEqualTo("400 invalid lease");
        new Jobs(vault).run();
        assertThat(stored()).isZero();
        String other = read(ROOT, "kv/c").leaseId();
        vault.delete("sys/mounts/kv");
        assertThat(call("lookup", named(other))).isEqualTo("400 invalid lease");
        new Jobs(vault).run();
        assertThat(stored()).isZero();
    }

    @Test
    void aTokensLastUseGetsNoLease() {
        String token = clients.create("{\"num_uses\":1}");
        assertThat(show(clients.call(token, Operation.READ, "kv/a/b", "")))
                .isEqualTo("400 Secret cannot be returned; token had one use left, so leased credentials were"
                        + " immediately revoked.");
        new Jobs(vault).run();
        assertThat(stored()).isZero();
    }

    @Test
    void aLeaseOfABatchTokenIsOverWithIt() {
        vault.write("sys/policies/acl/r", "{\"policy\":\"path \\\"kv/*\\\" {capabilities=[\\\"read\\\"]}\"}");
        String batch = clients.create("{\"type\":\"batch\",\"policies\":[\"r\"],\"ttl\":\"10m\"}");
        Response.Leased lease = read(batch, "kv/a/b");
        assertThat(lease.seconds()).isEqualTo(600);
    }

    @Test
    void whatDoesNotLetGoIsTriedAgainAndThenLeftForAnOperator() {
        String id = read(ROOT, "kv/a/b").leaseId();
        int[] asked = {0};
        Jobs jobs = new Jobs(vault, (writer, lease) -> {
            asked[0]++;
            return "the database is away";
        });
        vault.time().pass(Duration.ofHours(1));
        for (int i = 0; i < Lease.Failure.MOST; i++) {
            jobs.run();
            vault.time().pass(Duration.ofSeconds(10L << i));
        }
        jobs.run();
        assertThat(asked[0]).isEqualTo(Lease.Failure.MOST);
        assertThat(show(vault.handle(vault.request(Operation.READ, "sys/leases", "", Optional.of(TestVault.ROOT)))))
                .isEqualTo("404 ");
        assertThat(irrevocable("sys/leases"))
                .contains("\"lease_count\":1", "\"error\":\"the database is away\"", "\"lease_id\":\"" + id);
        assertThat(irrevocable("sys/leases/count")).contains("\"lease_count\":1", "\"kv_");
        assertThat(call("revoke-force/kv/a", "")).isEqualTo("204");
        jobs.run();
        assertThat(stored()).isZero();
    }

    private String irrevocable(String path) {
        var plain = vault.request(Operation.READ, path, "", Optional.of(TestVault.ROOT));
        return show(vault.handle(new io.coffer.core.request.Incoming(
                plain.id(),
                plain.operation(),
                plain.path(),
                Map.of("type", List.of("irrevocable")),
                plain.body(),
                plain.form(),
                plain.credential(),
                plain.wrap(),
                plain.origin(),
                plain.deadline())));
    }

    @Test
    void manyThatAreOverAreTakenBackInBoundedSteps() {
        LeaseStore leases = new LeaseStore(new TokenStore());
        SecureRandom random = TestVault.seeded(5);
        for (int i = 0; i < MANY / 1_000; i++) {
            vault.change(writer -> {
                for (int n = 0; n < 1_000; n++) {
                    leases.grant(
                            writer,
                            new LeaseStore.Draft(
                                    "kv/many", "", "gone", Ttl.Terms.NONE, false, Map.of(), Optional.empty()),
                            Duration.ofSeconds(1),
                            random,
                            vault.time().now());
                }
            });
        }
        vault.time().pass(Duration.ofSeconds(1));
        assertThat(new Jobs(vault).run()).isBetween(1, MANY / ExpireLeases.STEP);
    }
}
