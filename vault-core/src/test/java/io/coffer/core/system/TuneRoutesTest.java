// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.mount.Mount;
import io.coffer.core.request.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TuneRoutesTest {
    private TestVault vault = TestVault.open();

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/secret", "{\"type\":\"kv\",\"description\":\"first\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response tune(String body) {
        return vault.write("sys/mounts/secret/tune", body);
    }

    private String tuned() {
        return TestVault.text(vault.read("sys/mounts/secret/tune"));
    }

    @Test
    void whatIsNotSetIsEffectiveByTheVaultsOwn() {
        assertThat(tuned())
                .isEqualTo("{\"default_lease_ttl\":2764800,\"description\":\"first\",\"force_no_cache\":false,"
                        + "\"max_lease_ttl\":2764800}");
    }

    @Test
    void whatIsNotNamedStays() {
        assertThat(tune("{\"default_lease_ttl\":\"1h\",\"max_lease_ttl\":7200,\"listing_visibility\":\"unauth\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(tune("{\"description\":\"second\",\"passthrough_request_headers\":[\"X-A\"]}"))
                .isEqualTo(Response.NO_CONTENT);
        String expected = "{\"default_lease_ttl\":3600,\"description\":\"second\",\"force_no_cache\":false,"
                + "\"max_lease_ttl\":7200,\"listing_visibility\":\"unauth\",\"passthrough_request_headers\":[\"X-A\"]}";
        assertThat(tuned()).isEqualTo(expected);
        vault = vault.restart().unseal();
        assertThat(tuned()).isEqualTo(expected);
        assertThat(tune("{\"default_lease_ttl\":\"system\",\"max_lease_ttl\":\"system\",\"listing_visibility\":\"\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(tuned()).contains("\"default_lease_ttl\":2764800", "\"max_lease_ttl\":2764800");
    }

    @Test
    void impossibleSettingsAreRefusedAndNothingIsTuned() {
        String before = tuned();
        for (String bad : List.of(
                "{\"default_lease_ttl\":\"3h\",\"max_lease_ttl\":\"1h\"}",
                "{\"default_lease_ttl\":\"33d\"}",
                "{\"default_lease_ttl\":-1}",
                "{\"max_lease_ttl\":\"soon\"}",
                "{\"listing_visibility\":\"everybody\"}",
                "{\"description\":{\"a\":1}}",
                "{\"options\":{\"version\":\"7\"}}")) {
            assertThat(tune(bad)).as(bad).isInstanceOf(Response.Invalid.class);
        }
        assertThat(tuned()).isEqualTo(before);
    }

    @Test
    void ofTheVaultsOwnMountsOnlyTheAuditListsAreTuned() {
        for (String own : List.of("sys", "identity", "cubbyhole")) {
            assertThat(vault.write("sys/mounts/" + own + "/tune", "{\"description\":\"mine\"}"))
                    .isEqualTo(new Response.Invalid("cannot tune parameter description of " + own + "/"));
            assertThat(vault.write("sys/mounts/" + own + "/tune", "{\"audit_non_hmac_request_keys\":[\"name\"]}"))
                    .isEqualTo(Response.NO_CONTENT);
            assertThat(TestVault.text(vault.read("sys/mounts/" + own + "/tune")))
                    .contains("\"audit_non_hmac_request_keys\":[\"name\"]");
        }
    }

    @Test
    void noOtherVersionOfAnEngineIsTakenForTheOneThatIsThere() {
        for (String text : List.of("", Mount.RUNNING_VERSION)) {
            assertThat(tune("{\"plugin_version\":\"" + text + "\"}")).isEqualTo(Response.NO_CONTENT);
        }
        String other = "\"plugin_version\":\"v0.16.1\"";
        Response refused = new Response.Invalid(MountRequest.OTHER_VERSION);
        assertThat(tune("{" + other + "}")).isEqualTo(refused);
        assertThat(vault.write("sys/mounts/more", "{\"type\":\"kv\"," + other + "}"))
                .isEqualTo(refused);
        assertThat(vault.write("sys/mounts/more", "{\"type\":\"kv\",\"config\":{" + other + "}}"))
                .isEqualTo(refused);
    }

    @Test
    void versionOneBecomesTwoAndNeverOneAgain() {
        assertThat(tune("{\"options\":{\"version\":\"2\"}}"))
                .isInstanceOfSatisfying(Response.Ok.class, ok -> assertThat(ok.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("Upgrading mount from version 0 to version 2."));
        assertThat(tune("{\"options\":{\"version\":\"1\"}}"))
                .isEqualTo(new Response.Invalid("cannot downgrade mount from version 2"));
        assertThat(tune("{\"options\":{\"version\":\"2\"}}")).isEqualTo(Response.NO_CONTENT);
        vault.write("sys/mounts/one", "{\"type\":\"kv-v1\"}");
        assertThat(vault.write("sys/mounts/one/tune", "{\"options\":{\"version\":\"2\"}}"))
                .isInstanceOfSatisfying(Response.Ok.class, ok -> assertThat(ok.warnings())
                        .singleElement()
                        .asString()
                        .startsWith("Upgrading mount from version 1 to version 2."));
    }
}
