// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static io.coffer.server.cli.wire.HttpClientTest.call;
import static io.coffer.server.cli.wire.HttpClientTest.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.cli.wire.FakeServer.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void oneRedirectIsFollowedWithMethodTokenAndBody(int status) throws Exception {
        try (FakeServer active = FakeServer.plain(seen -> Answer.of(200, "{}"));
                FakeServer standby = FakeServer.plain(
                        seen -> Answer.of(status, "", "Location: " + active.address() + seen.target()));
                HttpClient client = client(standby.address())) {
            HttpAnswer answer = client.send(call("PATCH", "{\"a\":1}"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.url()).startsWith(active.address());
            assertThat(active.last().method()).isEqualTo("PATCH");
            assertThat(active.last().target()).isEqualTo("/v1/a%20b?x=1");
            assertThat(active.last().body()).isEqualTo("{\"a\":1}");
            assertThat(active.last().headers()).containsEntry("x-vault-token", "tok");
        }
    }

    @Test
    void aLocationWithoutAHostStaysOnIt() throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> seen.target().startsWith("/clean")
                        ? Answer.of(200, "{}")
                        : Answer.of(301, "", "Location: /clean#x"));
                HttpClient client = client(server.address() + "/prefix")) {
            assertThat(client.send(call("GET", "")).status()).isEqualTo(200);
            assertThat(server.last().target()).isEqualTo("/clean");
        }
    }

    @Test
    void aSecondRedirectIsRefused() throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(307, "", "Location: " + seen.target()));
                HttpClient client = client(server.address())) {
            assertThatThrownBy(() -> client.send(call("GET", ""))).hasMessageContaining("more than once");
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void whoWantsNoRedirectGetsItsAnswer() throws Exception {
        try (FakeServer server = FakeServer.plain(seen -> Answer.of(307, "", "Location: /x"));
                HttpClient client =
                        new HttpClient(Address.parse(server.address()), Tls.SYSTEM, HttpClientTest.QUICK, false)) {
            assertThat(client.send(call("GET", "")).status()).isEqualTo(307);
        }
    }

    @Test
    void fromTlsToNoTlsIsRefused() {
        assertThatThrownBy(() -> Redirect.parse("http://host/v1/x", Address.parse("https://host")))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("https to http");
    }

    @Test
    void fromNoTlsToTlsIsAllowed() throws Exception {
        Redirect redirect = Redirect.parse("https://host:8200/v1/x?y=1", Address.parse("http://host"));
        assertThat(redirect.address().text()).isEqualTo("https://host:8200");
        assertThat(redirect.target()).isEqualTo("/v1/x?y=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "//host/path",
                "ftp://host/",
                "unix:///run/x",
                "http://",
                "/with blank",
                "http://host/ü",
                "http://host/\t",
                "http://user@host/",
                "http://host:99999/",
            })
    void aLocationThatIsNoneIsRefused(String location) {
        assertThatThrownBy(() -> Redirect.parse(location, Address.parse("http://host")))
                .isInstanceOf(WireException.class);
    }
}
