// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens that are good for so many requests.
class UsesTest {
    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private String limited(int uses) {
        return clients.create("{\"num_uses\":" + uses + ",\"policies\":[\"default\"]}");
    }

    @Test
    void eachRequestCostsOneAlsoOneThatIsRefused() {
        String token = limited(8);
        assertThat(show(clients.call(token, Operation.READ, "sys/mounts", ""))).startsWith("403 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("7");
        assertThat(show(clients.call(token, Operation.READ, "nothing/there", "")))
                .startsWith("403 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("6");
        assertThat(show(clients.write(token, "cubbyhole/a", "not json"))).startsWith("400 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("5");
        assertThat(show(clients.call(token, Operation.HELP, "sys/mounts", ""))).startsWith("200 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("4");
        assertThat(show(clients.call(token, Operation.READ, "sys/internal/ui/mounts", "")))
                .startsWith("200 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("3");
        assertThat(show(clients.write(token, "cubbyhole/a", "{\"b\":1}"))).isEqualTo("204");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("2");
        assertThat(show(clients.wrapped("x", token, Operation.READ, "cubbyhole/a", "")))
                .startsWith("400 ");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("1");
        assertThat(show(clients.call(token, Operation.READ, "cubbyhole/a", ""))).isEqualTo("200 {\"b\":1}");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("403 bad token");
    }

    @Test
    void aTokenSeesItsOwnRequestCounted() {
        String token = limited(3);
        assertThat(show(clients.call(token, Operation.READ, "auth/token/lookup-self", "")))
                .contains("\"num_uses\":2,");
        assertThat(show(clients.call(token, Operation.READ, "auth/token/lookup-self", "")))
                .contains("\"num_uses\":1,");
        assertThat(show(clients.call(token, Operation.READ, "auth/token/lookup-self", "")))
                .contains("\"num_uses\":-1,");
        assertThat(show(clients.call(token, Operation.READ, "auth/token/lookup-self", "")))
                .contains("invalid token");
    }

    @Test
    void whatWasKeptForATokenIsOutOfReachWithItsLastUse() {
        String token = limited(1);
        assertThat(show(clients.write(token, "cubbyhole/a", "{\"b\":1}"))).isEqualTo("204");
        assertThat(show(clients.call(token, Operation.READ, "cubbyhole/a", ""))).contains("invalid token");
    }

    @Test
    void anEndpointThatLooksAtNoTokenCostsNothing() {
        String token = limited(2);
        clients.call(token, Operation.READ, "sys/seal-status", "");
        clients.write(token, "sys/wrapping/lookup", "{\"token\":\"x\"}");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("2");
    }

    @Test
    void aLastUseThatEndsTheTokenItselfIsOneEnd() {
        String token = limited(1);
        assertThat(show(clients.write(token, "auth/token/revoke-self", ""))).isEqualTo("204");
        assertThat(clients.lives(token)).isFalse();
        assertThat(clients.lives(ROOT)).isTrue();
    }

    @Test
    void aTokenWithUsesMakesNoOther() {
        String token = clients.create("{\"num_uses\":5,\"policies\":[\"root\"]}");
        assertThat(show(clients.write(token, "auth/token/create", "{}")))
                .isEqualTo("400 restricted use token cannot generate child tokens");
    }

    @Test
    void sealingCostsAUseToo() {
        String token = clients.create("{\"num_uses\":2,\"policies\":[\"root\"]}");
        assertThat(show(clients.write(token, "sys/rotate", ""))).doesNotStartWith("403");
        assertThat(clients.looked(token, "num_uses")).isEqualTo("1");
        assertThat(show(clients.write(token, "sys/seal", ""))).isEqualTo("204");
        vault.unseal();
        assertThat(clients.lives(token)).isFalse();
    }
}
