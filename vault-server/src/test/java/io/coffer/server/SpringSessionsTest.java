// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.ClientAuthentication;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.authentication.UsernamePasswordAuthentication;
import org.springframework.vault.authentication.UsernamePasswordAuthenticationOptions;
import org.springframework.vault.core.lease.LeaseEndpoints;
import org.springframework.vault.core.lease.SecretLeaseContainer;
import org.springframework.vault.core.lease.domain.RequestedSecret;
import org.springframework.vault.support.Policy;
import org.springframework.vault.support.Policy.BuiltinCapabilities;
import org.springframework.vault.support.VaultMount;
import org.springframework.vault.support.VaultToken;

/// Spring Vault, unmodified: sessions that log in, renew and end, wrapped answers, and secrets with leases.
class SpringSessionsTest {
    private final SpringClient client = new SpringClient();
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

    @BeforeEach
    void prepare() {
        scheduler.initialize();
        var sys = client.vault().opsForSys();
        sys.mount("secret", SpringClient.of("kv", Map.of("version", "2")));
        sys.createOrUpdatePolicy(
                "reader",
                Policy.of(Policy.Rule.builder()
                        .path("secret/data/app")
                        .capabilities(BuiltinCapabilities.READ)
                        .build()));
        client.vault().opsForVersionedKeyValue("secret").put("app", Map.of("a", "b"));
    }

    @AfterEach
    void stop() {
        scheduler.destroy();
        client.close();
    }

    @Test
    void loginsByNameAndPassword() {
        client.vault().opsForSys().authMount("userpass", VaultMount.create("userpass"));
        assertThat(client.vault().opsForSys().getAuthMounts()).containsKeys("userpass/", "token/");
        client.vault().write("auth/userpass/users/ada", Map.of("password", "first", "token_policies", "reader"));
        logsIn(ada("first"));
        client.vault().write("auth/userpass/users/ada/password", Map.of("password", "second"));
        assertThatThrownBy(() -> ada("first").login())
                .isInstanceOf(VaultException.class)
                .hasStackTraceContaining("invalid username or password");
        logsIn(ada("second"));
        client.sealAndUnseal();
    }

    @Test
    void loginsByRole() {
        client.vault().opsForSys().authMount("approle", VaultMount.create("approle"));
        client.vault().write("auth/approle/role/web", Map.of("token_policies", List.of("reader"), "token_ttl", "10m"));
        String roleId = SpringClient.text(client.vault().read("auth/approle/role/web/role-id"), "role_id");
        String secretId =
                SpringClient.text(client.vault().write("auth/approle/role/web/secret-id", Map.of()), "secret_id");
        logsIn(web(roleId, AppRoleAuthenticationOptions.SecretId.provided(secretId)));
        VaultToken wrapped = client.vault().doWithSession(rest -> {
            var headers = new HttpHeaders();
            headers.add("X-Vault-Wrap-TTL", "60s");
            JsonNode answer =
                    rest.postForObject("auth/approle/role/web/secret-id", new HttpEntity<>(headers), JsonNode.class);
            return VaultToken.of(answer.at("/wrap_info/token").asText());
        });
        logsIn(web(roleId, AppRoleAuthenticationOptions.SecretId.wrapped(wrapped)));
        logsIn(new AppRoleAuthentication(
                AppRoleAuthenticationOptions.builder()
                        .appRole("web")
                        .roleId(AppRoleAuthenticationOptions.RoleId.pull(client.root))
                        .secretId(AppRoleAuthenticationOptions.SecretId.pull(client.root))
                        .build(),
                client.anonymous()));
        assertThatThrownBy(() -> web(roleId, AppRoleAuthenticationOptions.SecretId.provided("wrong"))
                        .login())
                .hasStackTraceContaining("invalid role or secret ID");
        client.sealAndUnseal();
    }

    @Test
    void answersThatAreWrapped() {
        var wrapping = client.vault().opsForWrapping();
        var wrap = wrapping.wrap(Map.of("a", "b"), Duration.ofMinutes(1));
        assertThat(wrap.getTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(wrapping.lookup(wrap.getToken()).getPath()).isEqualTo("sys/wrapping/wrap");
        var anew = wrapping.rewrap(wrap.getToken());
        assertThat(wrapping.read(wrap.getToken())).isNull();
        assertThat(wrapping.read(anew.getToken()).getRequiredData()).isEqualTo(Map.of("a", "b"));
        assertThat(wrapping.read(anew.getToken())).isNull();
    }

    @Test
    void leasesInEachForm() {
        client.vault().opsForSys().mount("leased", SpringClient.of("kv", Map.of("leased_passthrough", "true")));
        client.vault().write("leased/app", Map.of("user", "u", "ttl", "30m"));
        for (LeaseEndpoints form : LeaseEndpoints.values()) {
            SecretLeaseContainer container = new SecretLeaseContainer(client.vault(), scheduler);
            container.setLeaseEndpoints(form);
            List<String> leases = new ArrayList<>();
            container.addLeaseListener(event -> leases.add(event.getLease().getLeaseId()));
            container.afterPropertiesSet();
            container.start();
            RequestedSecret secret = container.requestRenewableSecret("leased/app");
            assertThat(container.renew(secret)).as(form.name()).isTrue();
            String lease = leases.getFirst();
            assertThat(client.post("sys/leases/lookup", Map.of("lease_id", lease))
                            .at("/data/last_renewal")
                            .asText())
                    .as(form.name())
                    .isNotEmpty();
            stop(container);
            assertThatThrownBy(() -> client.vault().write("sys/leases/lookup", Map.of("lease_id", lease)))
                    .as(form.name())
                    .hasMessageContaining("invalid lease");
        }
    }

    private static void stop(SecretLeaseContainer container) {
        try {
            container.destroy();
        } catch (Exception fault) {
            throw new AssertionError(fault);
        }
    }

    private ClientAuthentication ada(String password) {
        return new UsernamePasswordAuthentication(
                UsernamePasswordAuthenticationOptions.builder()
                        .username("ada")
                        .password(password)
                        .build(),
                client.anonymous());
    }

    /// Logs in, reads, renews and ends the session, as an application does.
    private void logsIn(ClientAuthentication method) {
        LifecycleAwareSessionManager session = new LifecycleAwareSessionManager(method, scheduler, client.anonymous());
        VaultToken token = session.getSessionToken();
        assertThat(client.as(token).opsForVersionedKeyValue("secret").get("app").getRequiredData())
                .containsEntry("a", "b");
        assertThat(session.renewToken()).isTrue();
        session.destroy();
        assertThatThrownBy(() -> client.as(token).read("auth/token/lookup-self"))
                .hasMessageContaining("permission denied");
    }

    private ClientAuthentication web(String roleId, AppRoleAuthenticationOptions.SecretId secretId) {
        return new AppRoleAuthentication(
                AppRoleAuthenticationOptions.builder()
                        .roleId(AppRoleAuthenticationOptions.RoleId.provided(roleId))
                        .secretId(secretId)
                        .build(),
                client.anonymous());
    }
}
