// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TokenCommandsTest extends InSession {
    private static final String AUTH = """
            {"request_id":"r","lease_id":"","renewable":false,"lease_duration":0,"data":null,"wrap_info":null,"warnings":null,
            "auth":{"client_token":"hvs.made","accessor":"acc","policies":["a","default"],"token_policies":["a","default"],
            "metadata":{"team":"x"},"lease_duration":3600,"renewable":true,"entity_id":"","token_type":"service","orphan":false}}""";

    @Test
    void aTokenIsMadeAsTheFlagsSay() {
        session.when("POST auth/token/create", 200, AUTH).when("POST auth/token/create/ci", 200, AUTH);
        Ran ran = session.run(
                "token",
                "create",
                "-policy=a,b",
                "-policy=c",
                "-ttl=1h",
                "-use-limit=3",
                "-orphan",
                "-metadata=team=x",
                "-display-name=me",
                "-renewable=false");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("token +hvs.made\n")
                .containsPattern("token_accessor +acc\n")
                .containsPattern("token_duration +1h\n")
                .containsPattern("token_policies +\\[\"a\" \"default\"]\n")
                .containsPattern("token_meta_team +x\n");
        assertThat(session.last().body())
                .isEqualTo("{\"display_name\":\"me\",\"ttl\":\"1h\",\"renewable\":false,\"no_parent\":true,"
                        + "\"no_default_policy\":false,\"num_uses\":3,\"policies\":[\"a\",\"b\",\"c\"],"
                        + "\"meta\":{\"team\":\"x\"}}");
        assertThat(session.run("token", "create", "-role=ci", "-field=token").out())
                .isEqualTo("hvs.made");
    }

    @Test
    void aTokenIsNamedByItselfItsTextOrItsAccessor() {
        session.input = "hvs.other\n".getBytes(StandardCharsets.UTF_8);
        session.whenData("GET auth/token/lookup-self", "{\"ttl\":60}")
                .whenData("POST auth/token/lookup", "{\"ttl\":60}")
                .whenData("POST auth/token/lookup-accessor", "{\"ttl\":60}")
                .when("PUT auth/token/renew-self", 200, AUTH)
                .when("PUT auth/token/renew-accessor", 200, AUTH)
                .when("PUT auth/token/revoke", 204, "")
                .when("PUT auth/token/revoke-self", 204, "")
                .when("PUT auth/token/revoke-orphan", 204, "")
                .when("PUT sys/revoke-prefix/auth/userpass/login", 204, "");
        assertThat(session.run("token", "lookup").out()).containsPattern("ttl +1m\n");
        assertThat(session.run("token", "lookup", "-").exit()).isZero();
        assertThat(session.last().body()).isEqualTo("{\"token\":\"hvs.other\"}");
        session.run("token", "lookup", "-accessor", "acc");
        assertThat(session.last().body()).isEqualTo("{\"accessor\":\"acc\"}");
        session.run("token", "renew", "-increment=2h");
        assertThat(session.last().body()).isEqualTo("{\"increment\":\"2h\"}");
        session.run("token", "renew", "-accessor", "acc", "-increment", "2h");
        assertThat(session.last().body()).isEqualTo("{\"accessor\":\"acc\",\"increment\":\"2h\"}");
        assertThat(session.run("token", "revoke", "-self").out()).isEqualTo("Success! Revoked token (if it existed)\n");
        assertThat(session.run("token", "revoke", "-mode=orphan", "-").exit()).isZero();
        assertThat(session.run("token", "revoke", "-mode=path", "auth/userpass/login/")
                        .exit())
                .isZero();
        assertThat(session.run("token", "revoke").exit()).isEqualTo(1);
        assertThat(session.run("token", "revoke", "-self", "x").exit()).isEqualTo(1);
        assertThat(session.run("token", "revoke", "-mode=x", "y").exit()).isEqualTo(1);
    }

    @Test
    void capabilitiesStandInOneLine() {
        String data = "{\"capabilities\":[\"list\",\"read\"],\"secret/x\":[\"list\",\"read\"]}";
        session.whenData("POST sys/capabilities-self", data).whenData("POST sys/capabilities-accessor", data);
        assertThat(session.run("token", "capabilities", "secret/x").out()).isEqualTo("list, read\n");
        assertThat(session.run("token", "capabilities", "-accessor", "acc", "secret/x")
                        .exit())
                .isZero();
        assertThat(session.last().body()).isEqualTo("{\"paths\":[\"secret/x\"],\"accessor\":\"acc\"}");
        assertThat(session.run("token", "capabilities", "-format=json", "secret/x")
                        .out())
                .isEqualTo("[\n  \"list\",\n  \"read\"\n]\n");
    }

    @Test
    void leasesAreLookedUpRenewedAndRevoked() {
        session.whenData("PUT sys/leases/lookup", "{\"id\":\"kv/a/x\",\"ttl\":60}")
                .when(
                        "PUT sys/leases/renew",
                        200,
                        "{\"lease_id\":\"kv/a/x\",\"lease_duration\":60,\"renewable\":true,\"data\":null}")
                .when("PUT sys/leases/revoke", 204, "")
                .when("PUT sys/leases/revoke-prefix/kv/a", 204, "")
                .when("PUT sys/leases/revoke-force/kv/a", 204, "");
        assertThat(session.run("lease", "lookup", "kv/a/x").out()).containsPattern("id +kv/a/x\n");
        assertThat(session.run("lease", "renew", "-increment=60", "kv/a/x").out())
                .containsPattern("lease_duration +1m\n");
        assertThat(session.last().body()).isEqualTo("{\"lease_id\":\"kv/a/x\",\"increment\":\"60\"}");
        assertThat(session.run("lease", "revoke", "kv/a/x").out())
                .isEqualTo("Success! All revocation operations queued successfully!\n");
        assertThat(session.last().body()).isEqualTo("{\"sync\":false,\"lease_id\":\"kv/a/x\"}");
        assertThat(session.run("lease", "revoke", "-prefix", "-sync", "kv/a").out())
                .isEqualTo("Success! Revoked any leases with prefix: kv/a\n");
        assertThat(session.run("lease", "revoke", "-prefix", "-force", "kv/a").exit())
                .isZero();
        assertThat(session.run("lease", "revoke", "-force", "kv/a").exit()).isEqualTo(1);
    }

    @Test
    void anAnswerIsUnwrappedByTheTokenThatWrapsIt() {
        session.input = "hvs.wrapping".getBytes(StandardCharsets.UTF_8);
        session.whenData("PUT sys/wrapping/unwrap", "{\"k\":\"v\"}");
        assertThat(session.run("unwrap", "-field=k", "-").out()).isEqualTo("v");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.wrapping");
        session.run("unwrap");
        assertThat(session.last().headers()).containsEntry("x-vault-token", "hvs.test");
    }

    @Test
    void helpOfAPathIsItsText() {
        session.when("GET secret/x?help=1", 200, "{\"help\":\"what it is\",\"see_also\":null}");
        assertThat(session.run("path-help", "secret/x").out()).isEqualTo("what it is\n");
        assertThat(session.run("path-help", "nowhere").exit()).isEqualTo(2);
    }
}
