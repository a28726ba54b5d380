// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the edge makes of request lines and headers, over a socket.
final class HygieneTest {
    private static Served served;

    @BeforeAll
    static void start() throws IOException {
        served = Served.echo();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static Raw.Answered ask(String line, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
        return served.ask(line + " HTTP/1.1\r\nHost: x" + more);
    }

    private static String field(Raw.Answered answered, String name) {
        Json.Obj told = JsonText.DEFAULT.parseObject(answered.body().getBytes(StandardCharsets.UTF_8));
        return ((Json.Str) told.get(name)).value();
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/a/b, READ, a/b",
        "GET /v1/a?list=true, LIST, a/",
        "GET /v1/a?list=True, LIST, a/",
        "GET /v1/a/?list=1, LIST, a/",
        "GET /v1/a?list=false, READ, a",
        "GET /v1/a?list=, READ, a",
        "GET /v1/a?scan=t, SCAN, a/",
        "GET /v1/a?help=1, HELP, a",
        "GET /v1/a?help=, READ, a",
        "LIST /v1/a, LIST, a/",
        "SCAN /v1/a/, SCAN, a/",
        "POST /v1/a?list=true, UPDATE, a",
        "PUT /v1/a, UPDATE, a",
        "DELETE /v1/a, DELETE, a",
        "DELETE /v1/a/, DELETE, a/",
        "HELP /v1/a, HELP, a",
        "GET http://host/v1/a, READ, a",
        "GET /v1/a%2Fb, READ, a/b",
        "GET /v1/%C3%A4%20+, READ, ä +",
        "GET /v1/a%252e, READ, a%2e",
        "GET /v1/.../..a, READ, .../..a",
        "GET /v1/a/, READ, a/"
    })
    void aRequestLineBecomesAnOperationOnAPath(String line, String operation, String path) throws IOException {
        Raw.Answered answered = ask(line, "Content-Length: 0");
        assertThat(answered.status()).isEqualTo(200);
        assertThat(field(answered, "operation")).isEqualTo(operation);
        assertThat(field(answered, "path")).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/a//b, path contains an empty segment",
        "GET /v1//a, path contains an empty segment",
        "GET /v1/a%2F%2Fb, path contains an empty segment",
        "GET /v1/./a, relative paths not supported",
        "GET /v1/a/.., relative paths not supported",
        "GET /v1/a/../b, relative paths not supported",
        "GET /v1/%2e%2e/b, relative paths not supported",
        "GET /v1/a/%2E/b, relative paths not supported",
        "GET /v1/a%00, path contains a character that is not printable",
        "GET /v1/a%0d%0ab, path contains a character that is not printable",
        "GET /v1/a%7f, path contains a character that is not printable",
        "GET /v1/a%E2%80%A8b, path contains a character that is not printable",
        "GET /v1/a%E2%80%AEb, path contains a character that is not printable",
        "GET /v1/a%EF%BB%BF, path contains a character that is not printable",
        "GET /v1/a%C2%A0b, path contains a character that is not printable",
        "GET /v1/a%, path contains a broken percent escape",
        "GET /v1/a%4, path contains a broken percent escape",
        "GET /v1/a%zz, path contains a broken percent escape",
        "GET /v1/a%+1, path contains a broken percent escape",
        "GET /v1/a%ff, path is not valid UTF-8",
        "GET /v1/a%c0%af, path is not valid UTF-8",
        "GET /v1/a%ed%a0%80, path is not valid UTF-8",
        "GET /v1/a?b=%ff, query is not valid UTF-8",
        "GET /v1/a?b=%, query contains a broken percent escape",
        "GET /v1/a#b, request target contains a fragment",
        "GET v1/a, request target must be an absolute path",
        "GET *, request target must be an absolute path",
        "GET http:///v1/a, request target must be an absolute path"
    })
    void whatHasNoOneMeaningIsRefused(String line, String error) throws IOException {
        Raw.Answered answered = ask(line, "Content-Length: 0");
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.body()).isEqualTo("{\"errors\":[\"" + error + "\"]}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /, 404",
        "GET /ui, 404",
        "GET /ui/, 404",
        "GET /v1, 404",
        "GET /v1/, 404",
        "GET /v2/x, 404",
        "GET /v1x/a, 404",
        "GET //v1/a, 404",
        "GET /%76%31/a, 404",
        "GET /../v1/a, 404",
        "GET /favicon.ico, 404",
        "GET /v1/a?list=maybe, 400",
        "GET /v1/a?list=1&list=0, 400",
        "GET /v1/a?list=1&scan=1, 400",
        "OPTIONS /v1/a, 400",
        "HEAD /v1/a, 405",
        "TRACE /v1/a, 405",
        "CONNECT /v1/a, 405",
        "get /v1/a, 405",
        "FOO /v1/a, 405"
    })
    void whatIsNotServedAnswersWithoutText(String line, int status) throws IOException {
        try (Raw raw = served.connect()) {
            raw.send(line + " HTTP/1.1\r\nHost: x\r\n\r\n");
            Raw.Answered answered = raw.answer(!line.startsWith("HEAD"));
            assertThat(answered.status()).isEqualTo(status);
            if (!line.startsWith("HEAD")) {
                assertThat(answered.body()).isEqualTo("{\"errors\":[]}\n");
            }
            raw.send("GET /v1/again HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void everyAnswerIsJsonThatNobodyStores() throws IOException {
        for (String line : new String[] {"GET /v1/a", "GET /", "GET /v1/a//b"}) {
            Raw.Answered answered = ask(line);
            assertThat(answered.header("content-type")).isEqualTo("application/json");
            assertThat(answered.header("cache-control")).isEqualTo("no-store");
        }
    }

    @Test
    void headOfHealthHasNoBody() throws IOException {
        try (Raw raw = served.connect()) {
            raw.send("HEAD /v1/sys/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/b HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(raw.answer(false).status()).isEqualTo(200);
            assertThat(field(raw.answer(), "path")).isEqualTo("b");
        }
    }

    @Test
    void parametersKeepTheirOrderAndRepeats() throws IOException {
        assertThat(ask("GET /v1/a?x=1&y=a%20b+c&x=2&z&list=false").body())
                .contains("\"x\":[\"1\",\"2\"]")
                .contains("\"y\":[\"a b c\"]")
                .contains("\"z\":[\"\"]")
                .doesNotContain("list");
    }

    @Test
    void aQueryOfThousandsOfParametersIsRefused() throws IOException {
        assertThat(ask("GET /v1/a?" + "a=1&".repeat(300)).status()).isEqualTo(400);
    }

    @Test
    void theTokenHeaderWinsOverAuthorization() throws IOException {
        assertThat(field(ask("GET /v1/a", "Authorization: Bearer abc"), "token"))
                .isEqualTo("abc");
        assertThat(field(ask("GET /v1/a", "Authorization: bearer abc"), "token"))
                .isEmpty();
        assertThat(field(ask("GET /v1/a", "Authorization: Basic abc"), "token")).isEmpty();
        assertThat(field(ask("GET /v1/a", "Authorization: Bearer no", "X-Vault-Token: yes"), "token"))
                .isEqualTo("yes");
        assertThat(field(ask("GET /v1/a", "Authorization: Bearer  two ", "x-vault-token:"), "token"))
                .isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Vault-Token: a\r\nX-Vault-Token: b",
                "X-Vault-Token: a\r\nx-vault-token: a",
                "Host: y",
                "X-Vault-Token: a b",
                "X-Vault-Token: \u00e9",
                "X-Vault-Token: a\u0001",
                "Authorization: Bearer a\r\nAuthorization: Bearer b",
                "X-Vault-Wrap-TTL: 1\r\nX-Vault-Wrap-TTL: 2",
                "Content-Length: x",
                "Content-Length: 1\r\nContent-Length: 2",
                "Content-Length: -1",
                "Transfer-Encoding: gzip, x",
                "Bad Name: x",
                " : x"
            })
    void headersThatTwoProgramsWouldReadDifferentlyAreRefused(String header) throws IOException {
        Raw.Answered answered = ask("GET /v1/a", header);
        assertThat(answered.status()).isEqualTo(400);
        assertThat(answered.body()).startsWith("{\"errors\":[\"").doesNotContain("Exception");
    }

    @Test
    void aTokenOfThousandsOfCharactersIsRefused() throws IOException {
        assertThat(ask("GET /v1/a", "X-Vault-Token: " + "a".repeat(9000)).status())
                .isEqualTo(400);
    }

    @Test
    void aRequestWithoutHostIsRefusedUnlessItIsOld() throws IOException {
        assertThat(served.ask("GET /v1/a HTTP/1.1\r\nX: y").status()).isEqualTo(400);
        assertThat(served.ask("GET /v1/a HTTP/1.0\r\nX: y").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "root", "/", "root/", "/root", "/root/"})
    void theRootNamespaceHasSeveralNamesAndIsEchoed(String name) throws IOException {
        Raw.Answered answered = ask("GET /v1/a", "X-Vault-Namespace: " + name);
        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.header("x-vault-namespace")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "//", "rootroot", "ro/ot", "root/other"})
    void anotherNamespaceIsNotFound(String name) throws IOException {
        Raw.Answered answered = ask("GET /v1/a", "X-Vault-Namespace: " + name);
        assertThat(answered.status()).isEqualTo(404);
        assertThat(answered.body()).contains("namespace not found");
    }

    @Test
    void theWrapHeaderIsPassedOnAsText() throws IOException {
        assertThat(field(ask("GET /v1/a", "X-Vault-Wrap-TTL: 60s"), "wrap")).isEqualTo("60s");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 400",
        "nonsense, 400",
        "application/json, 415",
        "application/merge-patch+json, 200",
        "APPLICATION/Merge-Patch+JSON; charset=utf-8, 200"
    })
    void aPatchNamesItsFormat(String type, int status) throws IOException {
        String header = type.isEmpty() ? "X: y" : "Content-Type: " + type;
        Raw.Answered answered = served.ask("PATCH /v1/a HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + header, "{}");
        assertThat(answered.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, a=1, FORM_URLENCODED",
        "application/x-www-form-urlencoded; charset=utf-8, a=1, FORM_URLENCODED",
        "application/x-www-form-urlencoded, '  {}', JSON",
        "application/x-www-form-urlencoded, '[]', JSON",
        "text/plain, a=1, JSON"
    })
    void aFormIsOneByTypeAndByContent(String type, String body, String form) throws IOException {
        Raw.Answered answered = served.ask(
                "PUT /v1/a HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length(),
                body);
        assertThat(field(answered, "form")).isEqualTo(form);
        assertThat(field(answered, "body")).isEqualTo(body);
    }

    @Test
    void anUpgradeToClearTextHttp2IsIgnored() throws IOException {
        Raw.Answered answered = ask(
                "GET /v1/a",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA");
        assertThat(answered.status()).isEqualTo(200);
    }

    @Test
    void headersAndLinesOverTheLimitAreNamed() throws IOException {
        assertThat(ask("GET /v1/" + "a".repeat(20_000)).status()).isEqualTo(414);
        assertThat(ask("GET /v1/a", "X: " + "a".repeat(70_000)).status()).isEqualTo(431);
        assertThat(ask("GET /v1/" + "a".repeat(5_000)).body()).contains("path is longer than 4096 bytes");
    }
}
