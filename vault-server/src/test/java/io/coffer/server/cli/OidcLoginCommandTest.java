// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A login in a browser, which the test plays.
class OidcLoginCommandTest extends InSession {
    private static final String LET_IN = """
            {"auth":{"client_token":"hvs.in","accessor":"a","policies":["default"],"lease_duration":60,"renewable":true}}""";

    private int port;

    @BeforeEach
    void start() throws Exception {
        session.env.remove("VAULT_TOKEN");
        session.whenData("PUT auth/oidc/oidc/auth_url", "{\"auth_url\":\"https://issuer/authorize?x=1\"}");
        session.when("GET auth/oidc/oidc/callback", 200, LET_IN);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    /// What the page says that the browser is shown; tried until somebody listens.
    private String browse(String target) {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream()
                        .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException nobodyYet) {
                Thread.onSpinWait();
            }
        }
    }

    private CompletableFuture<Ran> login() {
        return CompletableFuture.supplyAsync(() -> session.run("login", "-method=oidc", "role=dev", "port=" + port));
    }

    @Test
    void whatTheBrowserBringsBackGoesToTheVault() throws Exception {
        CompletableFuture<Ran> login = login();
        assertThat(browse("/favicon.ico")).startsWith("HTTP/1.1 404");
        assertThat(browse("/oidc/callback?state=s%2B1&code=c%20d")).contains("200 OK", "You can close this window");
        Ran ran = login.get();
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("https://issuer/authorize?x=1");
        assertThat(Files.readString(home.resolve(".vault-token"))).isEqualTo("hvs.in");
        FakeServer.Seen asked = session.seen().get(session.seen().size() - 2);
        assertThat(asked.body())
                .contains("\"redirect_uri\":\"http://localhost:" + port + "/oidc/callback\"", "\"role\":\"dev\"")
                .doesNotContain("\"port\"");
        assertThat(session.last().target()).contains("state=s%2B1", "code=c%20d", "client_nonce=");
    }

    @Test
    void whatTheVaultRefusesIsSaid() throws Exception {
        session.when("GET auth/oidc/oidc/callback", 400, "{\"errors\":[\"Vault login failed. access_denied\"]}");
        CompletableFuture<Ran> login = login();
        browse("/oidc/callback?state=s&error=access_denied");
        Ran ran = login.get();
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("access_denied");
        assertThat(session.last().target()).contains("error=access_denied").doesNotContain("code=");
        session.whenData("PUT auth/oidc/oidc/auth_url", "{\"auth_url\":\"\"}");
        assertThat(login().get().err()).contains("allowed_redirect_uris");
        assertThat(session.run("login", "-method=oidc", "port=x").err()).contains("'port' must be a port");
    }
}
