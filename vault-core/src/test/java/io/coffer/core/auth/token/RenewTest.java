// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.accessor;
import static io.coffer.core.auth.token.Clients.show;
import static io.coffer.core.auth.token.Clients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewTest {
    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private String renew(String token, String more) {
        return show(clients.write(ROOT, "auth/token/renew", "{\"token\":\"" + token + "\"" + more + "}"));
    }

    @Test
    void whoNamesNoLengthGetsTheLastOne() {
        String token = clients.create("{\"policies\":[\"root\"],\"ttl\":\"1h\"}");
        assertThat(renew(token, "")).isEqualTo("200 [root] 3600s renewable");
        assertThat(renew(token, ",\"increment\":\"30m\"")).isEqualTo("200 [root] 1800s renewable");
        assertThat(renew(token, ",\"increment\":0")).isEqualTo("200 [root] 1800s renewable");
        assertThat(clients.looked(token, "creation_ttl")).isEqualTo("3600");
        assertThat(clients.looked(token, "last_renewal_time")).isEqualTo("1795521600");
    }

    @Test
    void nothingLivesLongerThanItsLongestLife() {
        String token = clients.create("{\"policies\":[\"root\"],\"ttl\":\"10m\",\"explicit_max_ttl\":\"15m\"}");
        vault.time().pass(Duration.ofMinutes(9));
        assertThat(renew(token, ""))
                .isEqualTo("200 [root] 360s renewable [TTL of \"10m0s\" exceeded the effective max_ttl of \"6m0s\";"
                        + " TTL value is capped accordingly]");
        vault.time().pass(Duration.ofMinutes(6));
        assertThat(renew(token, "")).isEqualTo("400 token not found");
    }

    @Test
    void aRenewalInTheLastMomentGivesNoLifeWithoutAnEnd() {
        for (int left : new int[] {1, 499, 500, 501, 999, 1000, 1001}) {
            String token = clients.create("{\"policies\":[\"root\"],\"ttl\":\"1m\",\"explicit_max_ttl\":\"1m\"}");
            vault.time().pass(Duration.ofMinutes(1).minusMillis(left));
            renew(token, ",\"increment\":\"1h\"");
            assertThat(clients.looked(token, "expire_time"))
                    .as("%d ms left", left)
                    .isNotEqualTo("null");
            vault.time().pass(Duration.ofMillis(left).plusSeconds(1));
            assertThat(clients.lives(token)).as("%d ms left", left).isFalse();
        }
    }

    @Test
    void aPeriodicTokenLivesAsLongAsItIsRenewedInTime() {
        String token = clients.create("{\"policies\":[\"default\"],\"period\":\"10m\"}");
        for (int i = 0; i < 200; i++) {
            vault.time().pass(Duration.ofHours(5).plusMinutes(i % 9).minusHours(5));
            assertThat(show(clients.write(token, "auth/token/renew-self", "{\"increment\":\"99h\"}")))
                    .isEqualTo("200 [default] 600s renewable");
        }
        vault.time().pass(Duration.ofMinutes(10));
        assertThat(clients.lives(token)).isFalse();
    }

    @Test
    void whatCannotBeRenewedSaysWhy() {
        assertThat(renew(ROOT, "")).isEqualTo("400 invalid lease ID");
        assertThat(renew("nonsense", "")).isEqualTo("400 token not found");
        assertThat(renew("", "")).isEqualTo("400 missing token ID");
        String fixed = clients.create("{\"policies\":[\"default\"],\"renewable\":false}");
        assertThat(renew(fixed, "")).isEqualTo("400 lease is not renewable");
        String batch = clients.create("{\"policies\":[\"default\"],\"type\":\"batch\"}");
        assertThat(renew(batch, "")).isEqualTo("400 batch tokens cannot be renewed");
        assertThat(renew(fixed, ",\"increment\":-1")).startsWith("400 Field validation failed");
    }

    @Test
    void whoKnowsOnlyTheAccessorRenewsWithoutLearningTheToken() {
        Response made = clients.write(ROOT, "auth/token/create", "{\"ttl\":60}");
        Response renewed = clients.write(
                ROOT, "auth/token/renew-accessor", "{\"accessor\":\"" + accessor(made) + "\",\"increment\":120}");
        assertThat(show(renewed)).isEqualTo("200 [root] 120s renewable");
        assertThat(((Response.Authenticated) renewed).auth().credential()).isEqualTo(Optional.empty());
        assertThat(clients.looked(text(made), "ttl")).isEqualTo("120");
        assertThat(show(clients.write(ROOT, "auth/token/renew-accessor", "{\"accessor\":\"x\"}")))
                .startsWith("400 1 error occurred:\n\t* invalid accessor");
    }
}
