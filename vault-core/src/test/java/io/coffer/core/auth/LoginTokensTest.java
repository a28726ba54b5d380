// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Response;
import io.coffer.core.storage.MemoryDisk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a role, a user or the configuration of each login method says of the tokens that it leads to: the fields
/// `token_*`.
class LoginTokensTest {
    private static final List<String> TYPES =
            List.of("default", "service", "batch", "default-service", "default-batch");

    private final TestVault vault = Way.open(new MemoryDisk());

    @AfterEach
    void close() {
        vault.close();
    }

    private void rule(Way way, String members) {
        assertThat(way.rule(vault, members)).as(way + ": " + members).isEqualTo(Response.NO_CONTENT);
    }

    /// Somebody whom it lets in where it says this.
    private Auth in(Way way, String members) {
        way.prepare(vault);
        rule(way, members);
        return Logins.in(way.login(vault));
    }

    private static Credential token(Auth auth) {
        return auth.credential().orElseThrow();
    }

    /// Asks something that the policy `default` allows.
    private Response ask(Credential token, String address) {
        return Logins.from(
                vault,
                new Origin(address, 1, false, false),
                Optional.of(token),
                "sys/capabilities-self",
                "{\"paths\":[\"x\"]}");
    }

    private void assertIn(Credential token, String address) {
        assertThat(ask(token, address)).as(address).isInstanceOf(Response.Ok.class);
    }

    private void assertOut(Credential token, String address) {
        assertThat(ask(token, address)).as(address).isInstanceOf(Response.Denied.class);
    }

    private void tune(Way way, String members) {
        assertThat(vault.write("sys/auth/" + way.type() + "/tune", "{" + members + "}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenHasThePoliciesThatAreNamed(Way way) {
        assertThat(in(way, "\"token_policies\":[\"Ops\",\"dev\",\"ops\"]").tokenPolicies())
                .containsExactly("default", "dev", "ops");
        rule(way, "\"token_no_default_policy\":true");
        assertThat(Logins.in(way.login(vault)).tokenPolicies()).containsExactly("dev", "ops");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenLivesUntilItIsNotRenewedAndAtTheMostAsLongAsIsSaid(Way way) {
        Auth auth = in(way, "\"token_ttl\":\"10m\",\"token_max_ttl\":\"15m\"");
        assertThat(auth.leaseSeconds()).isEqualTo(600);
        assertThat(auth.renewable()).isTrue();
        vault.time().pass(Duration.ofMinutes(9));
        assertThat(Logins.in(way.renew(vault, token(auth))).leaseSeconds()).isEqualTo(360);
        vault.time().pass(Duration.ofMinutes(6));
        assertOut(token(auth), Way.HERE);
    }

    @ParameterizedTest
    @EnumSource
    void noTokenLivesLongerThanItsMountLets(Way way) {
        Auth auth = in(way, "\"token_ttl\":\"10m\"");
        tune(way, "\"max_lease_ttl\":\"5m\"");
        assertThat(Logins.in(way.login(vault)).leaseSeconds()).isEqualTo(300);
        vault.time().pass(Duration.ofMinutes(4));
        assertThat(Logins.in(way.renew(vault, token(auth))).leaseSeconds()).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource
    void aPeriodicTokenLivesAsLongAsItIsRenewedUnlessAnEndIsSaid(Way way) {
        Auth auth = in(way, "\"token_period\":\"10m\",\"token_max_ttl\":\"15m\"");
        for (int i = 0; i < 20; i++) {
            vault.time().pass(Duration.ofMinutes(9));
            assertThat(Logins.in(way.renew(vault, token(auth))).leaseSeconds()).isEqualTo(600);
        }
        rule(way, "\"token_explicit_max_ttl\":\"15m\"");
        auth = Logins.in(way.login(vault));
        vault.time().pass(Duration.ofMinutes(9));
        assertThat(Logins.in(way.renew(vault, token(auth))).leaseSeconds()).isEqualTo(360);
    }

    @ParameterizedTest
    @EnumSource
    void aRenewalGoesByWhatIsSaidNow(Way way) {
        Auth auth = in(way, "\"token_ttl\":\"10m\"");
        rule(way, "\"token_ttl\":\"5m\"");
        assertThat(Logins.in(way.renew(vault, token(auth))).leaseSeconds()).isEqualTo(300);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsGoodForAsManyRequestsAsAreSaid(Way way) {
        Auth auth = in(way, "\"token_num_uses\":3");
        assertThat(auth.uses()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertIn(token(auth), Way.HERE);
        }
        assertOut(token(auth), Way.HERE);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyLogsInFromElsewhereAndNoTokenIsUsedElsewhere(Way way) {
        Auth auth = in(way, "\"token_bound_cidrs\":[\"10.0.0.0/8\",\"2001:db8::/32\"]");
        Logins.in(way.loginFrom(vault, "2001:db8::1"));
        assertIn(token(auth), "10.1.2.3");
        for (String elsewhere : List.of("11.0.0.1", "2001:db9::1", "")) {
            assertOut(token(auth), elsewhere);
            assertThat(way.loginFrom(vault, elsewhere)).as(elsewhere).isEqualTo(Response.Denied.PERMISSION);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatIsStrictlyBoundIsUsedOnlyFromWhereItsLoginCameFrom(Way way) {
        in(way, "\"token_strictly_bind_ip\":true");
        for (String here : List.of("10.0.0.1", "2001:db8::1")) {
            Credential token = Logins.token(way.loginFrom(vault, here));
            assertIn(token, here);
            assertOut(token, "10.0.0.2");
        }
        assertThat(way.loginFrom(vault, "")).as("a Unix socket").isEqualTo(Response.Denied.PERMISSION);
    }

    @ParameterizedTest
    @EnumSource
    void theTypeIsWhatTheMountInsistsOnElseWhatTheRoleSaysElseWhatTheMountSays(Way way) {
        way.prepare(vault);
        // The first letters of what comes of each of the types, in their order.
        Map<String, String> outcomes = Map.of(
                "default-service", "ssbsb",
                "default-batch", "bsbsb",
                "service", "sssss",
                "batch", "bbbbb");
        outcomes.forEach((mount, letters) -> {
            tune(way, "\"token_type\":\"" + mount + "\"");
            for (int i = 0; i < TYPES.size(); i++) {
                String type = letters.charAt(i) == 'b' ? "batch" : "service";
                assertThat(way.rule(vault, "\"token_type\":\"" + TYPES.get(i) + "\""))
                        .isNotInstanceOf(Response.Invalid.class);
                Auth auth = Logins.in(way.login(vault));
                assertThat(auth.type()).as(mount + ", " + TYPES.get(i)).isEqualTo(type);
                assertThat(token(auth).text()).startsWith("hv" + letters.charAt(i) + ".");
                assertThat(auth.renewable()).isEqualTo(type.equals("service"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void noLoginMakesARootToken(Way way) {
        way.prepare(vault);
        for (String root : List.of("root", "ROOT", "a,Root")) {
            rule(way, "\"token_policies\":\"" + root + "\"");
            assertThat(way.login(vault)).isEqualTo(new Response.Invalid("auth methods cannot create root tokens"));
        }
    }

    /// It would be taken for the token of a wrapped answer that is not there.
    @ParameterizedTest
    @EnumSource
    void noLoginMakesAWrappingToken(Way way) {
        way.prepare(vault);
        rule(way, "\"token_policies\":\"Response-Wrapping\",\"token_no_default_policy\":true");
        assertThat(way.login(vault)).isEqualTo(new Response.Invalid("cannot assign policy \"response-wrapping\""));
    }

    @ParameterizedTest
    @EnumSource
    void whatNoTokenCanBeIsRefusedAndChangesNothing(Way way) {
        way.prepare(vault);
        String before = way.told(vault);
        String batch = "'token_type' cannot be 'batch' or 'default_batch' when set to generate ";
        Map.of(
                        "\"token_ttl\":\"2h\",\"token_max_ttl\":\"1h\"",
                        "'token_ttl' cannot be greater than 'token_max_ttl'",
                        "\"token_ttl\":-1",
                        "'token_ttl' cannot be negative",
                        "\"token_period\":-1",
                        "'token_period' cannot be negative",
                        "\"token_num_uses\":-1",
                        "'token_num_uses' cannot be negative",
                        "\"token_type\":\"batch\",\"token_period\":60",
                        batch + "periodic tokens",
                        "\"token_type\":\"default-batch\",\"token_num_uses\":1",
                        batch + "tokens with limited use count",
                        "\"token_bound_cidrs\":\"10.0.0.0/8,here\"",
                        "'token_bound_cidrs' must hold IP addresses or CIDR blocks",
                        "\"token_strictly_bind_ip\":true,\"token_bound_cidrs\":\"10.0.0.0/8\"",
                        "'token_strictly_bind_ip' cannot be set together with 'token_bound_cidrs'",
                        "\"token_type\":\"odd\"",
                        "invalid 'token_type' value; give one of default, service, batch, default-service and"
                                + " default-batch")
                .forEach((members, error) ->
                        assertThat(way.rule(vault, members)).as(members).isEqualTo(new Response.Invalid(error)));
        assertThat(way.told(vault)).isEqualTo(before);
    }
}
