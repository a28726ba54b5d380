// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What belongs to a mount whose record does not open belongs to somebody: nothing takes it away.
class DamagedBelongingsTest {
    private TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private Scope scope(String path) {
        return vault.look(
                reader -> vault.mounts().read(reader).at(path).orElseThrow().scope());
    }

    private void bend(String path) {
        Raw.bend(vault.committer(), new StorageKey(Scope.SYSTEM, path));
        vault = vault.restart().unseal();
    }

    private int values(Scope scope) {
        return vault.look(
                reader -> reader.scan(Folder.of(scope), "", 100).items().size());
    }

    @Test
    void aLeaseOfItIsKeptForAnOperatorAndHoldsNoOtherUp() {
        for (String path : new String[] {"one", "two"}) {
            vault.write("sys/mounts/" + path, "{\"type\":\"kv\",\"options\":{\"leased_passthrough\":\"true\"}}");
            vault.write(path + "/a", "{\"x\":1,\"ttl\":\"1h\"}");
            assertThat(vault.read(path + "/a")).isInstanceOf(Response.Leased.class);
        }
        Scope one = scope("one/");
        bend("mounts/" + one);
        for (int i = 0; i < 20; i++) {
            vault.time().pass(Duration.ofHours(2));
            new Jobs(vault).run();
        }
        assertThat(show(vault.handle(Operation.LIST, "sys/leases/lookup/two/a", "")))
                .startsWith("404");
        assertThat(vault.handle(Operation.LIST, "sys/leases/lookup/one/a", "")).isInstanceOf(Response.Ok.class);
        assertThat(TestVault.text(vault.handle(Requests.with(
                        Map.of("type", "irrevocable"),
                        vault.request(Operation.READ, "sys/leases/count", "", Optional.of(TestVault.ROOT))))))
                .contains("\"" + one + "\":1", "\"lease_count\":1");
        assertThat(values(one)).isPositive();
    }

    @Test
    void aMountThatIsLeavingStaysWithItsKeysAndHoldsNoPath() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/a", "{\"x\":1}");
        Scope one = scope("one/");
        vault.change(writer -> vault.mounts()
                .retire(
                        writer,
                        vault.mounts()
                                .read(writer)
                                .withUuid(one.name())
                                .orElseThrow()
                                .mount()));
        bend("leaving-mounts/" + one);
        new Jobs(vault).run();
        assertThat(values(one)).isPositive();
        assertThat(TestVault.text(vault.read("sys/keys/" + one))).contains("\"state\":\"disabling\"");
        assertThat(show(vault.read("one/a"))).startsWith("404");
        assertThat(show(vault.write("sys/mounts/one", "{\"type\":\"kv\"}"))).isEqualTo("204");
    }

    @Test
    void aTokenThatItLetInLivesAndIsNotToldThatItsLoginMethodIsGone() {
        Logins.enable(vault, "userpass");
        vault.write("auth/userpass/users/ann", "{\"password\":\"correct horse\"}");
        assertThat(Logins.anonymous(vault, "auth/userpass/login/ann", "{\"password\":\"correct horse\"}"))
                .isInstanceOfSatisfying(Response.Authenticated.class, let -> {
                    bend("mounts/" + scope("auth/userpass/"));
                    new Jobs(vault).run();
                    String accessor = "{\"accessor\":\"" + let.auth().accessor() + "\"}";
                    assertThat(vault.write("auth/token/lookup-accessor", accessor))
                            .isInstanceOf(Response.Ok.class);
                    assertThat(show(vault.write("auth/token/renew-accessor", accessor)))
                            .contains("internal error");
                    assertThat(show(vault.write("auth/token/revoke-accessor", accessor)))
                            .isEqualTo("204");
                });
    }
}
