// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsRoutesTest {
    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void whatIsLetInIsToldAndTurnedOff() {
        assertThat(show(vault.read("sys/config/cors"))).isEqualTo("200 {\"enabled\":false}");
        assertThat(
                        vault.write(
                                "sys/config/cors",
                                "{\"allowed_origins\":\"https://a.example, https://b.example\",\"allowed_headers\":[\"X-Team\"]}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(show(vault.read("sys/config/cors")))
                .startsWith("200 {\"enabled\":true,\"allowed_origins\":[\"https://a.example\",\"https://b.example\"],"
                        + "\"allowed_headers\":[\"Content-Type\",")
                .endsWith("\"X-Vault-Token\",\"X-Team\"]}");
        assertThat(vault.delete("sys/config/cors")).isEqualTo(Response.NO_CONTENT);
        assertThat(show(vault.read("sys/config/cors"))).isEqualTo("200 {\"enabled\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"allowed_origins\":[]}",
                "{\"allowed_origins\":[\"*\",\"https://a.example\"]}",
                "{\"allowed_origins\":[\"https://a.example\\r\\nX: y\"]}",
                "{\"allowed_origins\":\"*\",\"allowed_headers\":[\"X Y\"]}",
                "{\"allowed_origins\":\"*\",\"allowed_headers\":[\"X:\"]}"
            })
    void whatCannotStandInAHeaderIsRefused(String body) {
        assertThat(vault.write("sys/config/cors", body)).isInstanceOf(Response.Invalid.class);
    }

    @Test
    void theRecordIsReadAsItWasWritten() {
        CrossOrigin rules = Golden.of("system/cross-origin.json").holds(CrossOrigin::read, CrossOrigin::write);
        assertThat(rules.admits("https://a.example")).isTrue();
        assertThat(rules.admits("https://a.example:8443")).isFalse();
    }
}
