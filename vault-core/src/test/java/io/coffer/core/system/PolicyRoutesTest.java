// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRoutesTest {
    private static final String READ = "path \"a\" { capabilities = [\"read\"] }";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void aPolicyIsReadBackByteForByteInBothForms() {
        String text = "path \"sys\" { policy = \"deny\" }\r\n\t# é\n";
        assertThat(put("acl/mine", text)).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("sys/policies/acl/mine"))
                .isEqualTo(new Response.Ok(
                        Json.object().put("name", "mine").put("policy", text).build()));
        assertThat(vault.read("sys/policy/mine"))
                .isEqualTo(new Response.Ok(
                        Json.object().put("name", "mine").put("rules", text).build()));
        assertThat(vault.read("sys/policies/acl/none")).isEqualTo(Response.ABSENT);
    }

    @Test
    void aTextInBase64IsTheTextThatItEncodes() {
        String encoded = Base64.getEncoder().encodeToString(READ.getBytes(StandardCharsets.UTF_8));
        put("acl/mine", encoded);
        assertThat(TestVault.text(vault.read("sys/policies/acl/mine"))).contains("capabilities");
        vault.write("sys/policy/old", "{\"rules\":\"" + encoded + "\"}");
        assertThat(TestVault.text(vault.read("sys/policy/old"))).contains("capabilities");
    }

    @Test
    void rootStandsLastInAListAndWhatIsBuiltInDoesNotShow() {
        put("acl/zoo", READ);
        put("acl/team/a", READ);
        assertThat(list("sys/policies/acl")).isEqualTo("{\"keys\":[\"default\",\"team/a\",\"zoo\",\"root\"]}");
        assertThat(list("sys/policy")).startsWith("{\"keys\":[\"default\"").contains("\"policies\":[\"default\"");
        assertThat(TestVault.text(vault.read("sys/policy"))).isEqualTo(list("sys/policy"));
        assertThat(vault.read("sys/policies/acl")).isInstanceOf(Response.NotAllowed.class);
        assertThat(list("sys/policies/detailed/acl")).contains("\"key_info\":{\"default\":{\"version\":1");
        assertThat(TestVault.text(vault.read("sys/policies/acl/root")))
                .isEqualTo("{\"name\":\"root\",\"policy\":\"\"}");
        assertThat(TestVault.text(vault.read("sys/policies/acl/response-wrapping")))
                .contains("cubbyhole/response");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acl/root              | cannot update "root" policy
            acl/ROOT              | cannot update "root" policy
            acl/response-wrapping | cannot update "response-wrapping" policy
            acl/Response-Wrapping | cannot update "response-wrapping" policy
            acl/ｒｏｏｔ           | a policy's name does not look like "root"
            """)
    void whatIsBuiltInIsNotWritten(String path, String error) {
        assertThat(put(path, READ)).isEqualTo(new Response.Invalid(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policies/acl", "policy"})
    void whatIsBuiltInIsNotDeletedAndWhatIsNotThereMayBe(String path) {
        assertThat(vault.delete("sys/" + path + "/default"))
                .isEqualTo(new Response.Invalid("cannot delete default policy"));
        assertThat(vault.delete("sys/" + path + "/Root"))
                .isEqualTo(new Response.Invalid("cannot delete \"root\" policy"));
        assertThat(vault.delete("sys/" + path + "/response-wrapping"))
                .isEqualTo(new Response.Invalid("cannot delete \"response-wrapping\" policy"));
        assertThat(vault.delete("sys/" + path + "/none")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.delete("sys/" + path)).isInstanceOf(Response.NotAllowed.class);
    }

    @Test
    void theDefaultPolicyCanBeChangedAndStaysChangedWhenTheVaultIsOpenedAgain() {
        put("acl/default", "# less");
        vault.vault().seal();
        vault.unseal();
        assertThat(TestVault.text(vault.read("sys/policies/acl/default"))).contains("# less");
    }

    @Test
    void aNameIsLowerCasedOnceAndSaysSo() {
        assertThat(put("acl/Mixed", READ))
                .isEqualTo(new Response.Ok(Json.NULL, 0, List.of("policy name was converted to mixed")));
        assertThat(vault.read("sys/policies/acl/MIXED")).isInstanceOf(Response.Ok.class);
        assertThat(vault.delete("sys/policies/acl/mIxed")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("sys/policies/acl/mixed")).isEqualTo(Response.ABSENT);
        assertThat(vault.write("sys/policy/Old", "{\"rules\":\"# none\"}"))
                .isEqualTo(new Response.Ok(
                        Json.NULL,
                        0,
                        List.of(
                                "policy name was converted to old",
                                "'rules' is deprecated, please use 'policy' instead")));
    }

    @Test
    void whatIsNoPolicyIsNotStored() {
        assertThat(put("acl/bad", "\n what = 1"))
                .isEqualTo(new Response.Invalid(
                        "failed to parse policy: line 2, column 2: invalid key \"what\" on line 2"));
        for (String body : List.of("{}", "{\"policy\":\"\"}", "")) {
            assertThat(vault.write("sys/policies/acl/bad", body))
                    .isEqualTo(new Response.Invalid("'policy' parameter not supplied or empty"));
        }
        assertThat(vault.read("sys/policies/acl/bad")).isEqualTo(Response.ABSENT);
    }

    @Test
    void namesWithSignsAreNamesLikeOthers() {
        put("acl/['p']", READ);
        put("acl/http:/x", READ);
        assertThat(vault.read("sys/policies/acl/['p']")).isInstanceOf(Response.Ok.class);
        assertThat(list("sys/policies/acl")).contains("['p']", "http:/x");
    }

    @Test
    void checkAndSetComparesTheVersion() {
        assertThat(write("acl/cas", "\"cas\":1")).isEqualTo(mismatch());
        assertThat(write("acl/cas", "\"cas\":0")).isEqualTo(Response.NO_CONTENT);
        assertThat(write("acl/cas", "\"cas\":-1")).isEqualTo(mismatch());
        assertThat(write("acl/cas", "\"cas\":1,\"cas_required\":true")).isEqualTo(Response.NO_CONTENT);
        assertThat(write("acl/cas", "\"ttl\":\"1h\""))
                .isEqualTo(new Response.Invalid("check-and-set parameter required for this call"));
        assertThat(write("acl/cas", "\"cas\":2,\"cas_required\":false")).isEqualTo(Response.NO_CONTENT);
        assertThat(put("acl/cas", READ)).isEqualTo(Response.NO_CONTENT);
        assertThat(TestVault.text(vault.read("sys/policies/acl/cas"))).doesNotContain("version");
    }

    @Test
    void whatIsSetBesideTheTextShowsAndIsChangedAlone() {
        write("acl/extra", "\"ttl\":\"1h\",\"allow_slashes_in_identity_templates\":true");
        assertThat(TestVault.text(vault.read("sys/policies/acl/extra")))
                .contains("\"version\":1")
                .contains("\"expiration\":\"2026")
                .contains("\"allow_slashes_in_identity_templates\":true");
        assertThat(patch("extra", "{\"allow_slashes_in_identity_templates\":false}"))
                .isInstanceOf(Response.Ok.class);
        assertThat(TestVault.text(vault.read("sys/policies/acl/extra")))
                .contains("\"version\":2", "\"expiration\":", "\"allow_slashes_in_identity_templates\":false", "read");
        assertThat(patch("none", "{}")).isEqualTo(new Response.Invalid("policy does not exist"));
        assertThat(patch("root", "{}")).isEqualTo(new Response.Invalid("cannot update \"root\" policy"));
        assertThat(write("acl/extra", "\"ttl\":60,\"expiration\":\"2030-01-01T00:00:00Z\""))
                .isEqualTo(new Response.Invalid("give one of 'ttl' and 'expiration'"));
    }

    @Test
    void aPolicyEndsWithItsTime() {
        write("acl/ends", "\"ttl\":\"1h\"");
        assertThat(explained("ends")).contains("\"allowed\":true");
        vault.time().pass(Duration.ofHours(1));
        assertThat(explained("ends")).contains("\"allowed\":false");
    }

    @Test
    void policiesThatAreNotThereAreNotThere() {
        assertThat(vault.read("sys/policies/rgp/x")).isInstanceOf(Response.NotFound.class);
        assertThat(vault.read("sys/policies/acl/a/")).isInstanceOf(Response.NotFound.class);
    }

    private String explained(String policy) {
        return TestVault.text(vault.write(
                "sys/policies/explain", "{\"path\":\"a\",\"operation\":\"read\",\"policies\":\"" + policy + "\"}"));
    }

    private static Response mismatch() {
        return new Response.Invalid("check-and-set parameter did not match the current version");
    }

    private Response put(String path, String text) {
        Json body = Json.object().put("policy", text).build();
        return vault.write("sys/policies/" + path, new String(JsonText.write(body), StandardCharsets.UTF_8));
    }

    private Response write(String path, String more) {
        return vault.write(
                "sys/policies/" + path, "{\"policy\":\"path \\\"a\\\" { policy = \\\"read\\\" }\"," + more + "}");
    }

    private Response patch(String name, String body) {
        return vault.handle(Operation.PATCH, "sys/policies/acl/" + name, body);
    }

    private String list(String path) {
        return TestVault.text(vault.handle(Operation.LIST, path, ""));
    }
}
