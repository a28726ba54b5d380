// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer.Answer;
import org.junit.jupiter.api.Test;

/// `read`, `write`, `list` and `delete`.
class LogicalCommandsTest extends InSession {
    @Test
    void aReadShowsLeaseAndData() {
        session.when("GET db/creds/app", 200, """
                {"lease_id":"db/creds/app/x","lease_duration":3600,"renewable":true,
                "data":{"password":"p","ttl":5400,"list":[1,"b",null],"map":{"b":1,"a":"x"}},"warnings":["careful"]}""");
        Ran ran = session.run("read", "/db/creds/app/");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("""
                Key                Value
                ---                -----
                lease_id           db/creds/app/x
                lease_duration     1h
                lease_renewable    true
                list               [1 b <nil>]
                map                map[a:x b:1]
                password           p
                ttl                1h30m
                """);
        assertThat(ran.err()).contains("WARNING!", "  * careful");
        assertThat(session.run("read", "-field=lease_duration", "db/creds/app").out())
                .isEqualTo("3600");
        assertThat(session.run("read", "-field=password", "-format=json", "db/creds/app")
                        .out())
                .isEqualTo("\"p\"");
        assertThat(session.run("read", "-field=none", "db/creds/app").exit()).isEqualTo(1);
    }

    @Test
    void aLeaseWithoutAnIdIsARefreshInterval() {
        session.when("GET kv/a", 200, "{\"lease_id\":\"\",\"lease_duration\":2764800,\"data\":{\"a\":\"b\"}}");
        assertThat(session.run("read", "kv/a").out()).containsPattern("refresh_interval +768h\n");
    }

    @Test
    void furtherWordsAreTheQuery() {
        session.whenData("GET a/b", "{\"x\":1}");
        session.run("read", "a/b", "version=2", "x=a b&c", "x=d");
        assertThat(session.last().target()).isEqualTo("/v1/a/b?version=2&x=a%20b%26c&x=d");
    }

    @Test
    void pathsAreEncoded() {
        session.run("read", "a b/ü?x#y%2f");
        assertThat(session.last().target()).isEqualTo("/v1/a%20b/%C3%BC%3Fx%23y%252f");
    }

    @Test
    void whatIsNotThereIsTwoWithItsWarning() {
        assertThat(session.run("read", "a/b")).isEqualTo(new Ran(2, "", "No value found at a/b\n"));
        session.when(
                "GET a/b", 404, "{\"data\":null,\"warnings\":[\"Invalid path for a versioned K/V secrets engine\"]}");
        Ran warned = session.run("read", "a/b");
        assertThat(warned.exit()).isEqualTo(2);
        assertThat(warned.err()).contains("* Invalid path for a versioned", "No value found at a/b");
        session.when("GET a/b", 404, "{\"errors\":[\"no handler for route\"]}");
        assertThat(session.run("read", "a/b").err()).contains("Code: 404. Errors:\n\n* no handler for route");
        session.when("GET a/b", 404, "<html>not here</html>");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
        session.when("GET a/b", 204, "");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
    }

    @Test
    void aDeletedVersionReadByItsPathShowsWhatThereIs() {
        session.when("GET secret/data/a", 404, Session.envelope("{\"data\":null,\"metadata\":{\"version\":1}}"));
        Ran ran = session.run("read", "secret/data/a");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsPattern("metadata +map\\[version:1]\n");
    }

    @Test
    void aWriteWithoutAnAnswerSaysSuccess() {
        session.when("PUT a/b", 204, "");
        assertThat(session.run("write", "a/b", "x=y")).isEqualTo(new Ran(0, "Success! Data written to: a/b\n", ""));
        assertThat(session.last().body()).isEqualTo("{\"x\":\"y\"}");
        assertThat(session.run("write", "-format=json", "a/b", "x=y")).isEqualTo(new Ran(0, "", ""));
        session.when("PUT a/b", 200, "{\"data\":null,\"warnings\":[\"w\"]}");
        Ran warned = session.run("write", "a/b", "x=y");
        assertThat(warned.out()).isEqualTo("Success! Data written to: a/b\n");
        assertThat(warned.err()).contains("* w");
    }

    @Test
    void aWriteWithAnAnswerShowsIt() {
        session.whenData("PUT a/b", "{\"ciphertext\":\"vault:v1:x\"}");
        assertThat(session.run("write", "a/b", "x=y").out()).contains("ciphertext    vault:v1:x\n");
        assertThat(session.run("write", "-field=ciphertext", "a/b", "x=y").out())
                .isEqualTo("vault:v1:x");
    }

    @Test
    void aTokenInTheAnswerShowsAsLoginDoes() {
        session.when("PUT auth/token/create", 200, """
                {"data":null,"auth":{"client_token":"hvs.n","accessor":"acc","lease_duration":3600,"renewable":true,
                "policies":["a","b"],"token_policies":["a","b"],"metadata":{"user":"x"}}}""");
        assertThat(session.run("write", "-f", "auth/token/create").out()).isEqualTo("""
                Key                  Value
                ---                  -----
                token                hvs.n
                token_accessor       acc
                token_duration       1h
                token_renewable      true
                token_policies       ["a" "b"]
                identity_policies    []
                policies             ["a" "b"]
                token_meta_user      x
                """);
        assertThat(session.run("write", "-f", "-field=token", "auth/token/create")
                        .out())
                .isEqualTo("hvs.n");
        assertThat(session.run("write", "-f", "-field=token_meta_user", "auth/token/create")
                        .out())
                .isEqualTo("x");
    }

    @Test
    void withoutDataAWriteMustBeForced() {
        session.when("PUT a/b", 204, "");
        assertThat(session.run("write", "a/b")).isEqualTo(new Ran(1, "", "Must supply data or use -force\n"));
        assertThat(session.run("write", "-force", "a/b").exit()).isZero();
        assertThat(session.last().body()).isEmpty();
        assertThat(session.last().headers())
                .containsEntry("content-length", "0")
                .doesNotContainKey("content-type");
    }

    @Test
    void aListIsAskedForByGet() {
        session.whenData("GET a/b/?list=true", "{\"keys\":[\"x\"]}");
        assertThat(session.run("list", "a/b/").out()).isEqualTo("Keys\n----\nx\n");
        assertThat(session.last().method()).isEqualTo("GET");
        assertThat(session.run("list", "c").exit()).isEqualTo(2);
        session.when("GET a/b/?list=true", 403, "{\"errors\":[\"permission denied\"]}");
        assertThat(session.run("list", "a/b").err()).startsWith("Error listing a/b/: Error making API request.");
    }

    @Test
    void aDeleteSaysSuccessWhetherOrNotThereWasSomething() {
        session.when("DELETE a/b", 204, "");
        assertThat(session.run("delete", "a/b", "x=y").out())
                .isEqualTo("Success! Data deleted (if it existed) at: a/b\n");
        assertThat(session.last().target()).isEqualTo("/v1/a/b?x=y");
        assertThat(session.last().body()).isEmpty();
    }

    @Test
    void anErrorThatIsNoJsonIsShownAsItIsButCannotDriveTheTerminal() {
        session.when("GET a/b", 502, "<html>\u001b[2Jbad gateway</html>");
        Ran ran = session.run("read", "a/b");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("Code: 502. Raw Message:\n\n<html>?[2Jbad gateway</html>");
        session.when("GET a/b", 503, "{\"errors\":[\"a\\u001bb\",\"1 error occurred:\\n\\t* c\\n\\n\"]}");
        assertThat(session.run("read", "a/b").err()).contains("\n* a?b\n* 1 error occurred:\n\t* c\n");
    }

    @Test
    void aBareAnswerIsShownAsItsOwnData() {
        session.when("GET sys/health", 200, "{\"initialized\":true,\"version\":\"1.17.0+coffer\"}");
        assertThat(session.run("read", "sys/health").out())
                .containsPattern("initialized +true\n")
                .containsPattern("version +1\\.17\\.0\\+coffer\n");
        assertThat(session.run("read", "-field=version", "sys/health").out()).isEqualTo("1.17.0+coffer");
        assertThat(session.run("read", "-format=json", "sys/health").out()).startsWith("{\n  \"initialized\": true");
        session.when("PUT sys/rekey/init", 200, "{\"nonce\":\"n\",\"started\":true}");
        assertThat(session.run("write", "-force", "sys/rekey/init").out()).containsPattern("nonce +n\n");
    }

    @Test
    void anAnswerInPlainTextIsPrintedAsItIsWhateverTheFormat() {
        String metrics = "# TYPE coffer_unsealed gauge\ncoffer_unsealed 1.0\n";
        session.when(
                "GET sys/metrics?format=prometheus",
                Answer.raw("HTTP/1.1 200 OK\r\nContent-Type: text/plain;" + " version=0.0.4\r\nContent-Length: "
                        + metrics.length() + "\r\n\r\n" + metrics));
        for (String format : new String[] {"table", "json", "yaml", "raw"}) {
            Ran ran = session.run("read", "-format=" + format, "sys/metrics", "format=prometheus");
            assertThat(ran.exit()).as(format).isZero();
            assertThat(ran.out()).as(format).isEqualTo(metrics);
        }
        Ran field = session.run("read", "-field=coffer_unsealed", "sys/metrics", "format=prometheus");
        assertThat(field.exit()).isEqualTo(1);
        assertThat(field.out()).isEmpty();
    }

    @Test
    void brokenAnswersAreErrorsOfTheVaultAndNeverHalfAnOutput() {
        String[] broken = {
            "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"data\":{\"a\":\"b\"}}",
            "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n{",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"dat\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"data\":{\"a\":\"b\"}",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnull",
            "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"a\":1,\"a\":2,\"data\":{}}",
            "garbage\r\n\r\n",
            "",
        };
        for (String answer : broken) {
            session.when("GET a/b", Answer.raw(answer));
            Ran ran = session.run("read", "a/b");
            assertThat(ran.exit()).as(answer).isEqualTo(2);
            assertThat(ran.out()).as(answer).isEmpty();
            assertThat(ran.err()).as(answer).isNotBlank().doesNotContain("Exception");
        }
        session.when("GET a/b", 200, "{\"data\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
    }
}
