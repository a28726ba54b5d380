// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What each path of `sys/` answers in each state, to whom.
class StatesTest {
    private static final Response SEALED = new Response.Unavailable("Vault is sealed");
    private static final List<Optional<Credential>> ANYBODY =
            List.of(Optional.empty(), Optional.of(new Credential("hvs.wrong")), Optional.of(TestVault.ROOT));

    private TestVault vault = new TestVault(TestVault.Setup.over(new MemoryDisk()));

    @AfterEach
    void close() {
        vault.close();
    }

    private Response ask(Operation operation, String path, Optional<Credential> token) {
        return vault.handle(vault.request(operation, path, operation == Operation.UPDATE ? "{}" : "", token));
    }

    private void assertShut() {
        for (Optional<Credential> token : ANYBODY) {
            for (String path : List.of(
                    "sys/mounts",
                    "sys/mounts/x",
                    "sys/auth",
                    "sys/internal/ui/mounts",
                    "sys/nothing",
                    "secret/data/a",
                    "cubbyhole/a",
                    "auth/token/lookup-self",
                    "nowhere",
                    "identity/entity")) {
                for (Operation operation : Operation.values()) {
                    if (operation != Operation.UPDATE || !path.endsWith("/")) {
                        assertThat(ask(operation, path, token))
                                .as("%s %s", operation, path)
                                .isEqualTo(SEALED);
                    }
                }
            }
            assertThat(ask(Operation.UPDATE, "sys/seal", token)).isEqualTo(Response.NO_CONTENT);
            assertThat(ask(Operation.UPDATE, "sys/step-down", token)).isEqualTo(Response.NO_CONTENT);
        }
    }

    /// These paths have one operation each, whatever the state.
    private void assertWrongOperations() {
        for (String path : List.of("sys/health", "sys/seal-status", "sys/leader")) {
            for (Operation other : List.of(Operation.UPDATE, Operation.DELETE, Operation.LIST, Operation.PATCH)) {
                assertThat(ask(other, path, Optional.of(TestVault.ROOT)))
                        .as("%s %s", other, path)
                        .isInstanceOf(Response.NotAllowed.class);
            }
        }
        for (String path : List.of("sys/unseal", "sys/seal", "sys/step-down")) {
            assertThat(ask(Operation.READ, path, Optional.of(TestVault.ROOT)))
                    .as(path)
                    .isInstanceOf(Response.NotAllowed.class);
        }
        assertThat(ask(Operation.DELETE, "sys/init", Optional.empty())).isInstanceOf(Response.NotAllowed.class);
    }

    private int health() {
        return ((Response.Coded) ask(Operation.READ, "sys/health", Optional.empty())).status();
    }

    private String status() {
        return TestVault.text(ask(Operation.READ, "sys/seal-status", Optional.empty()));
    }

    @Test
    void withoutAStore() {
        assertThat(health()).isEqualTo(501);
        assertThat(status())
                .contains("\"initialized\":false,\"sealed\":true,\"t\":0,\"n\":0,\"progress\":0,\"nonce\":\"\"");
        assertThat(TestVault.text(ask(Operation.READ, "sys/init", Optional.empty())))
                .isEqualTo("{\"initialized\":false}");
        assertThat(vault.write("sys/unseal", "{\"key\":\"" + "ab".repeat(33) + "\"}"))
                .isEqualTo(new Response.Invalid("Vault is not initialized"));
        assertShut();
        assertWrongOperations();
    }

    @Test
    void sealed() {
        vault.initialize(5, 3);
        assertThat(health()).isEqualTo(503);
        assertThat(status())
                .contains("\"initialized\":true,\"sealed\":true,\"t\":3,\"n\":5,\"progress\":0,\"nonce\":\"\"");
        assertThat(status()).doesNotContain("cluster", "expires");
        assertThat(TestVault.text(ask(Operation.READ, "sys/init", Optional.empty())))
                .isEqualTo("{\"initialized\":true}");
        assertThat(ask(Operation.UPDATE, "sys/init", Optional.empty()))
                .isEqualTo(new Response.Invalid("Vault is already initialized"));
        assertShut();
        assertWrongOperations();
    }

    @Test
    void unsealed() {
        vault.initialize(5, 3).unseal();
        assertThat(health()).isEqualTo(200);
        assertThat(status()).contains("\"initialized\":true,\"sealed\":false", "\"cluster_name\":\"vault-cluster-");
        assertThat(ask(Operation.UPDATE, "sys/init", Optional.empty()))
                .isEqualTo(new Response.Invalid("Vault is already initialized"));
        assertWrongOperations();
        for (Optional<Credential> nobody : ANYBODY.subList(0, 2)) {
            for (String path : List.of("sys/mounts", "sys/auth", "sys/nothing", "nowhere/x", "cubbyhole/a")) {
                assertThat(ask(Operation.READ, path, nobody)).as(path).isInstanceOf(Response.Denied.class);
            }
            assertThat(ask(Operation.UPDATE, "sys/seal", nobody)).isInstanceOf(Response.Denied.class);
            assertThat(ask(Operation.UPDATE, "sys/step-down", nobody)).isInstanceOf(Response.Denied.class);
            assertThat(vault.isUnsealed()).isTrue();
        }
        Optional<Credential> root = Optional.of(TestVault.ROOT);
        assertThat(ask(Operation.READ, "sys/mounts", root)).isInstanceOf(Response.Ok.class);
        assertThat(ask(Operation.UPDATE, "sys/step-down", root)).isEqualTo(Response.NO_CONTENT);
        assertThat(ask(Operation.UPDATE, "sys/seal", root)).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.isUnsealed()).isFalse();
        assertShut();
    }

    @Test
    void theCodesOfHealthAreTheCallers() {
        assertThat(coded("uninitcode", "299")).isEqualTo(299);
        assertThat(coded("sealedcode", "299")).isEqualTo(501);
        vault.initialize(1, 1);
        assertThat(coded("sealedcode", "204")).isEqualTo(204);
        vault.unseal();
        for (String code : List.of("uninitcode", "sealedcode", "activecode", "standbycode")) {
            for (String bad : List.of("", "abc", "99", "100", "101", "199", "600", "0200", "-1", "20 0")) {
                assertThat(health(code, bad)).as(code + " " + bad).isEqualTo(new Response.Invalid(List.of()));
            }
        }
        assertThat(health("standbyok", "maybe")).isEqualTo(new Response.Invalid(List.of()));
        assertThat(health("standbyok", "true")).isInstanceOf(Response.Coded.class);
        assertThat(health("nobodyknows", "1")).isInstanceOf(Response.Coded.class);
    }

    private int coded(String name, String value) {
        return ((Response.Coded) health(name, value)).status();
    }

    private Response health(String name, String value) {
        return vault.handle(
                Requests.with(Map.of(name, value), vault.request(Operation.READ, "sys/health", "", Optional.empty())));
    }
}
