// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.auth.jwt.TestIssuer;
import io.coffer.server.cli.wire.TestCertificates;
import io.coffer.server.outbound.TestDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `coffer login` as a process of its own, at a daemon that asks somebody else who it is.
@Timeout(180)
class LoginProcessTest {
    private static final Pattern SIGN_IN = Pattern.compile("(?m)^ +(http://\\S+/authorize\\?\\S+)$");

    @TempDir
    Path room;

    private final Map<String, String> environment = new HashMap<>();
    private TestCertificates authority;
    private DaemonProcess daemon;
    private DaemonProcess.Keys keys;

    @BeforeEach
    void start() throws Exception {
        authority = TestCertificates.authority("authority");
        authority.certificateFile(room, "ca.pem");
        TestCertificates shown = authority.sign("localhost");
        String tls =
                "listener \"tcp\" {\n  address = \"127.0.0.1:0\"\n  tls_cert_file = \"%s\"\n  tls_key_file = \"%s\"\n}\n"
                        .formatted(shown.certificateFile(room, "cert.pem"), shown.keyFile(room, "key.pem"));
        daemon = DaemonProcess.start(room, DaemonProcess.configuration(room) + tls);
        keys = daemon.initialize();
    }

    @AfterEach
    void stop() {
        daemon.close();
    }

    private void done(String path, String body) throws Exception {
        daemon.done("POST", path, keys.token(), body);
    }

    private Path output() {
        return room.resolve("command.log");
    }

    private Process command(String input, String... words) throws IOException {
        Path typed = Files.writeString(room.resolve("typed"), input);
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.coffer.server.Main"));
        all.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(typed.toFile())
                .redirectOutput(output().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("VAULT_") || name.startsWith("BAO_"));
        builder.environment()
                .putAll(Map.of("HOME", room.toString(), "VAULT_ADDR", "http://127.0.0.1:" + daemon.port()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// What a command says that ends so.
    private String ended(int exit, Process process) throws Exception {
        boolean ends = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output());
        assertThat(ends).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }

    @Test
    void thePasswordOfADirectoryLogsInAndLaterCommandsUseTheToken() throws Exception {
        try (TestDirectory directory = new TestDirectory(Optional.empty())) {
            done("sys/auth/ldap", "{\"type\":\"ldap\"}");
            done("auth/ldap/config", directory.configuration());
            done("auth/ldap/groups/dev", "{\"policies\":\"develop\"}");
            String refused = ended(2, command("wrong", "login", "-method=ldap", "username=ann", "password=-"));
            assertThat(refused).contains("failed to bind as user").doesNotContain("wrong");
            assertThat(room.resolve(".vault-token")).doesNotExist();
            String in = ended(0, command("pw", "login", "-method=ldap", "username=Ann", "password=-"));
            assertThat(in).contains("You are now authenticated").contains("[\"default\" \"develop\"]");
            assertThat(ended(0, command("", "token", "lookup")))
                    .contains("ldap-ann")
                    .contains("auth/ldap/login/Ann");
        }
    }

    @Test
    void whoSignsInWithABrowserIsLoggedInAndLaterCommandsUseTheToken() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (IssuerServer issuer = new IssuerServer()) {
            done("sys/auth/oidc", "{\"type\":\"oidc\"}");
            done(
                    "auth/oidc/config",
                    "{\"oidc_discovery_url\":\"" + issuer.url() + "\",\"oidc_client_id\":\"" + TestIssuer.CLIENT
                            + "\",\"oidc_client_secret\":\"" + TestIssuer.SECRET + "\"}");
            done(
                    "auth/oidc/role/staff",
                    "{\"user_claim\":\"sub\",\"allowed_redirect_uris\":\"http://localhost:" + port
                            + "/oidc/callback\"}");
            Process login = command("", "login", "-method=oidc", "role=staff", "port=" + port);
            browse(issuer, port);
            assertThat(ended(0, login)).contains("You are now authenticated");
            assertThat(ended(0, command("", "token", "lookup")))
                    .contains("oidc-")
                    .contains("auth/oidc/oidc/callback");
            done(
                    "auth/oidc/role/web",
                    "{\"user_claim\":\"sub\",\"allowed_redirect_uris\":\"https://app.example/back\"}");
            Process elsewhere = command("", "login", "-method=oidc", "role=web", "port=" + port);
            assertThat(ended(2, elsewhere)).contains("allowed_redirect_uris");
        }
    }

    /// Has commands speak TLS, and show this certificate.
    private void show(TestCertificates own) throws Exception {
        environment.putAll(Map.of(
                "VAULT_ADDR", "https://localhost:" + daemon.port(1),
                "VAULT_CACERT", room.resolve("ca.pem").toString(),
                "VAULT_CLIENT_CERT", own.certificateFile(room, "own.pem").toString(),
                "VAULT_CLIENT_KEY", own.keyFile(room, "own-key.pem").toString()));
    }

    @Test
    void theCertificateOfTheConnectionLogsInAndWhoHasNoneIsServedToo() throws Exception {
        TestCertificates people = TestCertificates.authority("people");
        done("sys/auth/cert", "{\"type\":\"cert\"}");
        String pem =
                Files.readString(people.certificateFile(room, "people.pem")).replace("\n", "\\n");
        done("auth/cert/certs/web", "{\"certificate\":\"" + pem + "\",\"token_policies\":\"web\"}");
        TestCertificates ann = people.sign("ann");
        show(ann);
        assertThat(ended(0, command("", "login", "-method=cert", "name=web"))).contains("[\"default\" \"web\"]");
        assertThat(ended(0, command("", "token", "lookup")))
                .contains("cert-web")
                .contains("common_name:ann");
        assertThat(ended(0, command("", "token", "renew"))).contains("token_duration");
        show(TestCertificates.authority("people").sign("ann"));
        assertThat(ended(2, command("", "login", "-method=cert", "name=web"))).contains("no chain matching");
        show(people.sign("ann"));
        ended(2, command("", "token", "renew"));
        environment.remove("VAULT_CLIENT_CERT");
        environment.remove("VAULT_CLIENT_KEY");
        assertThat(ended(0, command("", "token", "lookup"))).contains("cert-web");
        assertThat(ended(2, command("", "login", "-method=cert", "name=web")))
                .contains("no client certificate supplied");
    }

    /// What a person does who finds the address of the issuer on the screen.
    private void browse(IssuerServer issuer, int port) throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> SIGN_IN.matcher(Files.readString(output())).find());
        Matcher shown = SIGN_IN.matcher(Files.readString(output()));
        assertThat(shown.find()).isTrue();
        long now = Instant.now().getEpochSecond();
        Map<String, String> back =
                issuer.issuer.signIn(shown.group(1), "\"sub\":\"Ann\",\"iat\":" + now + ",\"exp\":" + (now + 60));
        String query = "state=" + back.get("state") + "&code="
                + URLEncoder.encode(back.getOrDefault("code", ""), StandardCharsets.UTF_8);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> page = browser.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/oidc/callback?" + query))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.body()).contains("You can close this window");
        }
    }
}
