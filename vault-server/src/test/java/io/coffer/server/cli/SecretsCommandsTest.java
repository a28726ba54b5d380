// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsCommandsTest extends InSession {
    private static final String MOUNTS = """
            {"sys/":{"type":"system","accessor":"system_1","description":"","local":false,"seal_wrap":true,"options":null,
            "external_entropy_access":false,"uuid":"u1","plugin_version":"","running_plugin_version":"v1","running_sha256":"",
            "config":{"default_lease_ttl":0,"max_lease_ttl":0,"force_no_cache":false}},
            "kv/":{"type":"kv","accessor":"kv_1","description":"team secrets","local":true,"seal_wrap":false,
            "options":{"version":"2"},"external_entropy_access":false,"uuid":"u2","plugin_version":"",
            "running_plugin_version":"v2","running_sha256":"","deprecation_status":"supported",
            "config":{"default_lease_ttl":3600,"max_lease_ttl":0,"force_no_cache":false}}}""";

    @BeforeEach
    void start() {
        session.whenData("GET sys/mounts", MOUNTS);
    }

    @Test
    void mountsAreListedByPath() {
        assertThat(session.run("secrets", "list")).isEqualTo(new Ran(0, """
                Path    Type      Accessor    Description
                ----    ----      --------    -----------
                kv/     kv        kv_1        team secrets
                sys/    system    system_1    n/a
                """, ""));
    }

    @Test
    void theDetailedListHasTheColumnsOfTheField() {
        Ran ran = session.run("secrets", "list", "-detailed");
        assertThat(ran.out())
                .containsPattern("Path +Plugin +Accessor +Default TTL +Max TTL +Force No Cache +Replication +Seal Wrap"
                        + " +External Entropy Access +Options +Description +UUID +Version +Running Version"
                        + " +Running SHA256 +Deprecation Status\n")
                .containsPattern("kv/ +kv +kv_1 +1h +system +false +local +false +false +map\\[version:2] +team secrets"
                        + " +u2 +n/a +v2 +n/a +supported\n")
                .containsPattern("sys/ +system +system_1 +system +system +false +replicated +true +false +map\\[] ");
        session.env.put("VAULT_DETAILED", "true");
        assertThat(session.run("secrets", "list")).isEqualTo(ran);
    }

    @Test
    void asJsonItIsTheBareMap() {
        assertThat(session.run("secrets", "list", "-format=json").out())
                .startsWith("{\n  \"sys/\": {")
                .doesNotContain("request_id");
    }

    @Test
    void aMountIsEnabledAtItsTypesNameOrAtTheGivenPath() {
        session.when("POST sys/mounts/kv-v2", 204, "").when("POST sys/mounts/team/a", 204, "");
        assertThat(session.run("secrets", "enable", "kv-v2"))
                .isEqualTo(new Ran(0, "Success! Enabled the kv-v2 secrets engine at: kv-v2/\n", ""));
        assertThat(session.last().body()).isEqualTo("{\"type\":\"kv-v2\",\"config\":{}}");
        Ran ran = session.run(
                "secrets",
                "enable",
                "-path=/team/a/",
                "-version=2",
                "-description=what it is",
                "-default-lease-ttl=1h",
                "-max-lease-ttl=2h",
                "-options=x=y",
                "-local",
                "-seal-wrap=false",
                "-force-no-cache",
                "-allowed-response-headers=A",
                "-allowed-response-headers=B",
                "kv");
        assertThat(ran.out()).isEqualTo("Success! Enabled the kv secrets engine at: team/a/\n");
        assertThat(session.last().body())
                .isEqualTo("{\"type\":\"kv\",\"description\":\"what it is\",\"local\":true,\"seal_wrap\":false,"
                        + "\"config\":{\"default_lease_ttl\":\"1h\",\"max_lease_ttl\":\"2h\","
                        + "\"allowed_response_headers\":[\"A\",\"B\"],\"force_no_cache\":true},"
                        + "\"options\":{\"x\":\"y\",\"version\":\"2\"}}");
    }

    @Test
    void aPathInUseIsToldInTheVaultsWords() {
        session.when("POST sys/mounts/kv", 400, "{\"errors\":[\"path is already in use at kv/\"]}");
        Ran ran = session.run("secrets", "enable", "kv");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("path is already in use at kv/");
        assertThat(session.run("secrets", "enable").exit()).isEqualTo(1);
        assertThat(session.run("secrets", "enable", "-path=/", "kv").exit()).isEqualTo(1);
        assertThat(session.run("secrets", "enable", "-options=x", "kv").exit()).isEqualTo(1);
    }

    @Test
    void aMountIsDisabled() {
        session.when("DELETE sys/mounts/kv", 204, "");
        assertThat(session.run("secrets", "disable", "kv/"))
                .isEqualTo(new Ran(0, "Success! Disabled the secrets engine (if it existed) at: kv/\n", ""));
    }

    @Test
    void onlyWhatIsGivenIsTuned() {
        session.when("POST sys/mounts/kv/tune", 204, "");
        assertThat(session.run("secrets", "tune", "-max-lease-ttl=72h", "-description=", "kv/"))
                .isEqualTo(new Ran(0, "Success! Tuned the secrets engine at: kv/\n", ""));
        assertThat(session.last().body()).isEqualTo("{\"max_lease_ttl\":\"72h\",\"description\":\"\"}");
        assertThat(session.run("secrets", "tune", "kv/").exit()).isEqualTo(1);
    }

    @Test
    void aMountIsMovedAndWaitedFor() {
        session.whenData("POST sys/remount", "{\"migration_id\":\"m1\"}")
                .whenData(
                        "GET sys/remount/status/m1",
                        "{\"migration_id\":\"m1\",\"migration_info\":{\"status\":\"success\"}}");
        assertThat(session.run("secrets", "move", "old", "/team/new/")).isEqualTo(new Ran(0, """
                Started moving secrets engine old/ to team/new/, with migration ID m1
                Success! Finished moving secrets engine old/ to team/new/, with migration ID m1
                """, ""));
        assertThat(session.seen().getFirst().body()).isEqualTo("{\"from\":\"old/\",\"to\":\"team/new/\"}");
        session.whenData("GET sys/remount/status/m1", "{\"migration_info\":{\"status\":\"failure\"}}");
        Ran failed = session.run("secrets", "move", "old", "new");
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed.err()).contains("Error moving old/ to new/: it failed");
    }
}
