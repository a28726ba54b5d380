// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KvWriteTest extends InSession {
    private static final String WRITTEN = """
            {"created_time":"2026-01-01T00:00:00Z","custom_metadata":null,"deletion_time":"","destroyed":false,"version":4}""";

    @BeforeEach
    void start() {
        session.withMount("2").whenData("PUT secret/data/app", WRITTEN).whenData("PATCH secret/data/app", WRITTEN);
    }

    @Test
    void aWriteShowsTheNewVersion() {
        Ran ran = session.run("kv", "put", "secret/app", "user=bob", "n=1");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).startsWith("= Secret Path =\nsecret/data/app\n\n").containsPattern("version +4\n");
        assertThat(session.last().body()).isEqualTo("{\"data\":{\"user\":\"bob\",\"n\":\"1\"},\"options\":{}}");
        assertThat(session.last().headers()).containsEntry("content-type", "application/json");
        assertThat(session.run("kv", "put", "-field=version", "secret/app", "a=b")
                        .out())
                .isEqualTo("4");
        assertThat(session.run("kv", "put", "-format=json", "secret/app", "a=b").out())
                .contains("\"version\": 4");
    }

    @Test
    void numbersInJsonKeepTheirDigits() {
        session.input = "{\"n\":1.0,\"big\":123456789012345678901234567890,\"e\":1e3,\"deep\":{\"l\":[1.10,null,true]}}"
                .getBytes(StandardCharsets.UTF_8);
        session.run("kv", "put", "secret/app", "-");
        assertThat(session.last().body())
                .isEqualTo("{\"data\":" + new String(session.input, StandardCharsets.UTF_8) + ",\"options\":{}}");
    }

    @Test
    void checkAndSetIsSaid() {
        session.run("kv", "put", "-cas=0", "secret/app", "a=b");
        assertThat(session.last().body()).endsWith("\"options\":{\"cas\":0}}");
        session.when(
                "PUT secret/data/app",
                400,
                "{\"errors\":[\"check-and-set parameter did not match the current version\"]}");
        Ran ran = session.run("kv", "put", "-cas=3", "secret/app", "a=geheim");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("Error writing data to secret/data/app: Error making API request.\n\nURL: PUT ")
                .contains("Code: 400. Errors:\n\n* check-and-set parameter did not match")
                .doesNotContain("geheim");
    }

    @Test
    void withoutDataNothingIsSent() {
        assertThat(session.run("kv", "put", "secret/app")).isEqualTo(new Ran(1, "", "Must supply data\n"));
        assertThat(session.run("kv", "patch", "secret/app").exit()).isEqualTo(1);
        assertThat(session.run("kv", "put").exit()).isEqualTo(1);
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void versionOneTakesTheDataAsItIs() {
        session.withMount("1").when("PUT secret/app", 204, "");
        assertThat(session.run("kv", "put", "secret/app", "a=b").out())
                .isEqualTo("Success! Data written to: secret/app\n");
        assertThat(session.last().body()).isEqualTo("{\"a\":\"b\"}");
        assertThat(session.run("kv", "put", "-cas=1", "secret/app", "a=b").exit())
                .isEqualTo(1);
        assertThat(session.run("kv", "patch", "secret/app", "a=b").err()).contains("KV version 2");
    }

    @Test
    void aPatchIsAMergePatch() {
        assertThat(session.run("kv", "patch", "-cas=3", "secret/app", "a=b", "-remove-data=c")
                        .exit())
                .isZero();
        assertThat(session.last().method()).isEqualTo("PATCH");
        assertThat(session.last().headers()).containsEntry("content-type", "application/merge-patch+json");
        assertThat(session.last().body()).isEqualTo("{\"data\":{\"a\":\"b\",\"c\":null},\"options\":{\"cas\":3}}");
    }

    @Test
    void whereTheVaultCannotPatchTheClientMergesAndNamesTheVersionItRead() {
        session.when("PATCH secret/data/app", 405, "{\"errors\":[]}")
                .whenData("GET secret/data/app", "{\"data\":{\"a\":\"1\",\"c\":2.50},\"metadata\":{\"version\":7}}");
        assertThat(session.run("kv", "patch", "secret/app", "a=b").exit()).isZero();
        assertThat(session.last().method()).isEqualTo("PUT");
        assertThat(session.last().body()).isEqualTo("{\"data\":{\"a\":\"b\",\"c\":2.50},\"options\":{\"cas\":7}}");
        assertThat(session.run("kv", "patch", "-method=patch", "secret/app", "a=b")
                        .exit())
                .isEqualTo(2);
        assertThat(session.run("kv", "patch", "-method=rw", "-remove-data=c", "secret/app")
                        .exit())
                .isZero();
        assertThat(session.last().body()).isEqualTo("{\"data\":{\"a\":\"1\"},\"options\":{\"cas\":7}}");
        assertThat(session.run("kv", "patch", "-method=x", "secret/app", "a=b").exit())
                .isEqualTo(1);
    }

    @Test
    void aPatchOfNothingIsNotFound() {
        assertThat(session.run("kv", "patch", "secret/none", "a=b"))
                .isEqualTo(new Ran(2, "", "No value found at secret/data/none\n"));
        assertThat(session.run("kv", "patch", "-method=rw", "secret/none", "a=b")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void deletingDestroyingAndBringingBackNameTheVersions() {
        session.when("DELETE secret/data/app", 204, "")
                .when("PUT secret/delete/app", 204, "")
                .when("PUT secret/undelete/app", 204, "")
                .when("PUT secret/destroy/app", 204, "");
        assertThat(session.run("kv", "delete", "secret/app").out())
                .isEqualTo("Success! Data deleted (if it existed) at: secret/data/app\n");
        assertThat(session.run("kv", "delete", "-versions=1,2", "secret/app").exit())
                .isZero();
        assertThat(session.last().body()).isEqualTo("{\"versions\":[\"1\",\"2\"]}");
        assertThat(session.run("kv", "undelete", "-versions=1", "-versions", "3", "secret/app")
                        .out())
                .isEqualTo("Success! Data written to: secret/undelete/app\n");
        assertThat(session.last().body()).isEqualTo("{\"versions\":[\"1\",\"3\"]}");
        assertThat(session.run("kv", "destroy", "-versions=2", "secret/app").out())
                .isEqualTo("Success! Data written to: secret/destroy/app\n");
        assertThat(session.run("kv", "destroy", "secret/app").exit()).isEqualTo(1);
        assertThat(session.run("kv", "undelete", "-versions=x", "secret/app").exit())
                .isEqualTo(1);
        assertThat(session.run("kv", "delete", "-versions=1,", "secret/app").exit())
                .isEqualTo(1);
    }

    @Test
    void settingsOfASecretAreSentAsGiven() {
        session.when("PUT secret/metadata/app", 204, "").when("PATCH secret/metadata/app", 204, "");
        assertThat(session.run(
                                "kv",
                                "metadata",
                                "put",
                                "-max-versions=5",
                                "-cas-required=false",
                                "-delete-version-after=1h",
                                "-custom-metadata=a=b=c",
                                "secret/app")
                        .out())
                .isEqualTo("Success! Data written to: secret/metadata/app\n");
        assertThat(session.last().body())
                .isEqualTo("{\"max_versions\":5,\"cas_required\":false,\"delete_version_after\":\"1h\","
                        + "\"custom_metadata\":{\"a\":\"b=c\"}}");
        session.run("kv", "metadata", "patch", "-remove-custom-metadata=a", "-cas-required", "secret/app");
        assertThat(session.last().method()).isEqualTo("PATCH");
        assertThat(session.last().body()).isEqualTo("{\"cas_required\":true,\"custom_metadata\":{\"a\":null}}");
        assertThat(session.run("kv", "metadata", "patch", "-max-versions=1", "secret/none")
                        .exit())
                .isEqualTo(2);
        session.when("DELETE secret/metadata/app", 204, "");
        assertThat(session.run("kv", "metadata", "delete", "secret/app").out())
                .isEqualTo("Success! Data deleted (if it existed) at: secret/metadata/app\n");
    }

    @Test
    void rollingBackWritesTheOldDataOverTheVersionThatIsCurrent() {
        session.whenData("GET secret/data/app", "{\"data\":null,\"metadata\":{\"version\":4}}")
                .whenData("GET secret/data/app?version=2", "{\"data\":{\"a\":1.0},\"metadata\":{\"version\":2}}")
                .when(
                        "GET secret/data/app?version=3",
                        404,
                        Session.envelope("{\"data\":null,\"metadata\":{\"version\":3}}"))
                .when("GET secret/data/app?version=9", 404, "{\"errors\":[]}");
        assertThat(session.run("kv", "rollback", "-version=2", "secret/app").exit())
                .isZero();
        assertThat(session.last().body()).isEqualTo("{\"data\":{\"a\":1.0},\"options\":{\"cas\":4}}");
        assertThat(session.run("kv", "rollback", "-version=3", "secret/app").exit())
                .isEqualTo(2);
        assertThat(session.run("kv", "rollback", "-version=9", "secret/app").exit())
                .isEqualTo(2);
        assertThat(session.run("kv", "rollback", "secret/app").exit()).isEqualTo(1);
        assertThat(session.run("kv", "rollback", "-version=1", "secret/none").exit())
                .isEqualTo(2);
    }

    @Test
    void versionsAreTurnedOnByTuning() {
        session.when("POST sys/mounts/secret/tune", 200, "{\"data\":null,\"warnings\":[\"Upgrading mount\"]}");
        Ran ran = session.run("kv", "enable-versioning", "secret/");
        assertThat(ran.out()).isEqualTo("Success! Tuned the secrets engine at: secret/\n");
        assertThat(ran.err()).contains("* Upgrading mount");
        assertThat(session.last().body()).isEqualTo("{\"options\":{\"version\":\"2\"}}");
    }

    @Test
    void aWrappedAnswerShowsHowToUnwrapIt() {
        session.when("PUT secret/data/app", 200, """
                {"request_id":"","lease_id":"","renewable":false,"lease_duration":0,"data":null,"warnings":null,"auth":null,
                "wrap_info":{"token":"hvs.w","accessor":"acc","ttl":90,"creation_time":"t","creation_path":"p"}}""");
        Ran ran = session.run("kv", "put", "-wrap-ttl=90s", "secret/app", "a=b");
        assertThat(ran.out())
                .containsPattern("wrapping_token: +hvs.w\n")
                .containsPattern("wrapping_token_ttl: +1m30s\n");
        assertThat(session.last().headers()).containsEntry("x-vault-wrap-ttl", "90s");
        assertThat(session.seen().get(0).headers()).as("the preflight").doesNotContainKey("x-vault-wrap-ttl");
        assertThat(session.run("kv", "put", "-wrap-ttl=90s", "-field=wrapping_token", "secret/app", "a=b")
                        .out())
                .isEqualTo("hvs.w");
    }
}
