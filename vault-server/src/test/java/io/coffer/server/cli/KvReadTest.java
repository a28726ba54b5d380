// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KvReadTest extends InSession {
    private static final String VERSION = """
            {"created_time":"2026-01-01T00:00:00.5Z","custom_metadata":null,"deletion_time":"","destroyed":false,
            "version":3}""";

    @BeforeEach
    void start() {
        session.withMount("2")
                .whenData(
                        "GET secret/data/app",
                        "{\"data\":{\"user\":\"bob\",\"n\":12345678901234567890.10,\"empty\":\"\",\"no\":null},\"metadata\":"
                                + VERSION + "}");
    }

    @Test
    void aSecretShowsItsPlaceItsMetadataAndItsData() {
        Ran ran = session.run("kv", "get", "secret/app");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("""
                = Secret Path =
                secret/data/app

                ======= Metadata =======
                Key                Value
                ---                -----
                created_time       2026-01-01T00:00:00.5Z
                custom_metadata    <nil>
                deletion_time      n/a
                destroyed          false
                version            3

                ==== Data ====
                Key      Value
                ---      -----
                empty    n/a
                n        12345678901234567890.10
                no       <nil>
                user     bob
                """);
        assertThat(session.seen().get(0).target()).isEqualTo("/v1/sys/internal/ui/mounts/secret/app");
    }

    @Test
    void theMountMayBeNamedApart() {
        session.whenData("GET secret/data/app/deep", "{\"data\":{\"a\":\"b\"},\"metadata\":" + VERSION + "}");
        assertThat(session.run("kv", "get", "-mount=secret", "/app/deep/").exit())
                .isZero();
        assertThat(session.seen().get(0).path()).isEqualTo("/v1/sys/internal/ui/mounts/secret");
        assertThat(session.last().path()).isEqualTo("/v1/secret/data/app/deep");
    }

    @Test
    void aVersionIsAskedForInTheQuery() {
        session.run("kv", "get", "-version=2", "secret/app");
        assertThat(session.last().target()).isEqualTo("/v1/secret/data/app?version=2");
        session.run("kv", "get", "-version=0", "secret/app");
        assertThat(session.last().target()).isEqualTo("/v1/secret/data/app");
        session.withMount("1");
        assertThat(session.run("kv", "get", "-version=2", "secret/app").exit()).isEqualTo(1);
    }

    @Test
    void aFieldIsPrintedBareAndAtATerminalWithALineBreak() {
        assertThat(session.run("kv", "get", "-field=user", "secret/app")).isEqualTo(new Ran(0, "bob", ""));
        assertThat(session.run("kv", "get", "-field=n", "secret/app").out()).isEqualTo("12345678901234567890.10");
        session.outputIsTerminal = true;
        assertThat(session.run("kv", "get", "-field=user", "secret/app").out()).isEqualTo("bob\n");
        Ran absent = session.run("kv", "get", "-field=other", "secret/app");
        assertThat(absent).isEqualTo(new Ran(1, "", "Field \"other\" not present in secret\n"));
    }

    @Test
    void asJsonItIsTheEnvelopeDigitForDigit() {
        Ran ran = session.run("kv", "get", "-format", "json", "secret/app");
        assertThat(ran.out())
                .contains("\"request_id\": \"r\"", "\"n\": 12345678901234567890.10", "\"wrap_info\": null");
        assertThat(session.run("kv", "get", "-format=yaml", "secret/app").out())
                .contains("\n    user: bob\n    \"n\": 12345678901234567890.10\n    empty: \"\"\n    \"no\": null\n");
        assertThat(session.run("kv", "get", "-format=raw", "secret/app").out()).startsWith("{\"request_id\":\"r\"");
    }

    @Test
    void ofADeletedVersionTheMetadataShowsAndItsFieldIsNotFound() {
        session.when(
                "GET secret/data/app",
                404,
                Session.envelope(
                        "{\"data\":null,\"metadata\":{\"deletion_time\":\"2026-01-01T00:00:00Z\",\"version\":3}}"));
        Ran ran = session.run("kv", "get", "secret/app");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("deletion_time    2026-01-01T00:00:00Z").doesNotContain("Data ==");
        assertThat(session.run("kv", "get", "-format=json", "secret/app").exit())
                .isZero();
        assertThat(session.run("kv", "get", "-field=user", "secret/app").exit()).isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsTwo() {
        Ran ran = session.run("kv", "get", "secret/none");
        assertThat(ran).isEqualTo(new Ran(2, "", "No value found at secret/data/none\n"));
    }

    @Test
    void versionOneHasNoMetadata() {
        session.withMount("1").whenData("GET secret/app", "{\"ttl\":3600,\"a\":\"b\"}");
        assertThat(session.run("kv", "get", "secret/app").out()).isEqualTo("""
                === Data ===
                Key    Value
                ---    -----
                a      b
                ttl    1h
                """);
        assertThat(session.run("kv", "get", "-field=a", "secret/app").out()).isEqualTo("b");
    }

    @Test
    void aMountThatTheTokenDoesNotReachIsRefused() {
        session.when(
                "GET sys/internal/ui/mounts/other/x",
                403,
                "{\"errors\":[\"preflight capability check returned 403\"]}");
        Ran ran = session.run("kv", "get", "other/x");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("* preflight capability check returned 403");
        assertThat(session.seen()).hasSize(1);
    }

    @Test
    void aServerThatKnowsNoPreflightIsTakenForVersionOne() {
        session.whenData("GET older/x", "{\"a\":\"b\"}");
        assertThat(session.run("kv", "get", "-field=a", "older/x").out()).isEqualTo("b");
    }

    @Test
    void anAnswerThatNamesAnotherMountIsNotFollowed() {
        session.whenData("GET sys/internal/ui/mounts/a/b", "{\"path\":\"elsewhere/\",\"options\":{\"version\":\"2\"}}");
        assertThat(session.run("kv", "get", "a/b").exit()).isEqualTo(2);
        assertThat(session.seen()).hasSize(1);
    }

    @Test
    void namesAreListedAsAColumnOrAnArray() {
        session.whenData("GET secret/metadata/?list=true", "{\"keys\":[\"a\",\"b/\"]}");
        assertThat(session.run("kv", "list", "secret")).isEqualTo(new Ran(0, "Keys\n----\na\nb/\n", ""));
        assertThat(session.run("kv", "list", "-mount=secret").out()).isEqualTo("Keys\n----\na\nb/\n");
        assertThat(session.run("kv", "list", "-format=json", "secret").out()).isEqualTo("[\n  \"a\",\n  \"b/\"\n]\n");
        assertThat(session.run("kv", "list", "-format=yaml", "secret").out()).isEqualTo("- a\n- b/\n");
        assertThat(session.run("kv", "list").exit()).isEqualTo(1);
    }

    @Test
    void anEmptyListIsNotFound() {
        assertThat(session.run("kv", "list", "secret/none"))
                .isEqualTo(new Ran(2, "", "No value found at secret/metadata/none/\n"));
        assertThat(session.run("kv", "list", "-format=json", "secret/none")).isEqualTo(new Ran(2, "{}\n", ""));
    }

    @Test
    void metadataShowsEachVersionInTheOrderOfItsNumber() {
        session.whenData("GET secret/metadata/app", """
                {"cas_required":false,"current_version":10,"versions":{"10":{"destroyed":false},"9":{"destroyed":true}}}""");
        assertThat(session.run("kv", "metadata", "get", "secret/app").out()).isEqualTo("""
                == Metadata Path ==
                secret/metadata/app

                ======= Metadata =======
                Key                Value
                ---                -----
                cas_required       false
                current_version    10

                ==== Version 9 ====
                Key          Value
                ---          -----
                destroyed    true

                === Version 10 ===
                Key          Value
                ---          -----
                destroyed    false
                """);
        assertThat(session.run("kv", "metadata", "get", "-field=current_version", "secret/app")
                        .out())
                .isEqualTo("10");
        assertThat(session.run("kv", "metadata", "get", "secret/none").exit()).isEqualTo(2);
    }

    @Test
    void aValueCannotDriveTheTerminal() {
        session.whenData("GET secret/data/app", "{\"data\":{\"a\":\"x\\u001b[31my\"},\"metadata\":" + VERSION + "}");
        session.outputIsTerminal = true;
        assertThat(session.run("kv", "get", "secret/app").out()).contains("x?[31my");
        assertThat(session.run("kv", "get", "-format=json", "secret/app").out()).contains("x\\u001b[31my");
        session.outputIsTerminal = false;
        assertThat(session.run("kv", "get", "secret/app").out()).contains("x\u001b[31my");
    }
}
