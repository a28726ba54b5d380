// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.client.VaultClients;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultInitializationRequest;
import org.springframework.vault.support.VaultMount;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultToken;
import org.springframework.web.client.RestTemplate;

/// A vault of its own that Spring Vault has initialized and unsealed, and the client as an application sets it up.
final class SpringClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    private final FreshServer server = new FreshServer();
    VaultToken root = VaultToken.of("none");
    List<String> shares = List.of();

    SpringClient() {
        initialize();
    }

    private void initialize() {
        var sys = new VaultTemplate(endpoint(), requests).opsForSys();
        assertThat(sys.isInitialized()).isFalse();
        var made = sys.initialize(VaultInitializationRequest.create(3, 2));
        shares = made.getKeys();
        root = made.getRootToken();
        assertThat(sys.health().isSealed()).isTrue();
        assertThat(sys.unseal(shares.get(0)).getProgress()).isEqualTo(1);
        assertThat(sys.unseal(shares.get(2)).isSealed()).isFalse();
        assertThat(sys.health().isInitialized()).isTrue();
        assertThat(sys.getUnsealStatus().getSecretThreshold()).isEqualTo(2);
    }

    VaultEndpoint endpoint() {
        return VaultEndpoint.from(URI.create(server.address()));
    }

    VaultTemplate as(VaultToken token) {
        return new VaultTemplate(endpoint(), requests, new SimpleSessionManager(new TokenAuthentication(token)));
    }

    VaultTemplate vault() {
        return as(root);
    }

    RestTemplate anonymous() {
        return VaultClients.createRestTemplate(endpoint(), requests);
    }

    JsonNode post(String path, Map<String, Object> body) {
        return vault().doWithSession(rest -> rest.postForObject(path, body, JsonNode.class));
    }

    static VaultMount of(String type, Map<String, String> options) {
        return VaultMount.builder().type(type).options(options).build();
    }

    static String text(VaultResponse response, String name) {
        return String.valueOf(response.getRequiredData().get(name));
    }

    /// Seals it, and opens it again with the shares that it has in the end.
    void sealAndUnseal() {
        vault().opsForSys().seal();
        assertThat(vault().opsForSys().getUnsealStatus().isSealed()).isTrue();
        shares.stream().limit(2).forEach(share -> vault().opsForSys().unseal(share));
        assertThat(vault().opsForSys().getUnsealStatus().isSealed()).isFalse();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
