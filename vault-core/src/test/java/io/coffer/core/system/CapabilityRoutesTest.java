// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `sys/capabilities*` and `sys/policies/explain`.
class CapabilityRoutesTest {
    private final TestVault vault = TestVault.open();
    private Auth token;

    @BeforeEach
    void start() {
        policy("one", """
                path "c/*" { capabilities = ["read", "list"] }
                path "c/no" { capabilities = ["deny"] }
                path "team/" { capabilities = ["list"] }
                path "sys/auth/*" { capabilities = ["update"] }
                path "w" { capabilities = ["update"] min_wrapping_ttl = "1m" max_wrapping_ttl = "5m" }
                path "p" {
                  capabilities = ["update"]
                  required_parameters = ["ttl"]
                  allowed_parameters = { "ttl" = ["1h"], "name" = [] }
                }
                """);
        policy("two", "path \"c/*\" { capabilities = [\"update\"] }");
        token = granted(vault.write("auth/token/create", "{\"policies\":[\"one\",\"two\",\"gone\"]}"));
    }

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void aTokenLearnsWhatItMayDoAndOthersAskForIt() {
        String body = "\"paths\":[\"c/x\",\"/c/x/y\",\"c/no\",\"d\",\"team\",\"a//b\"]";
        String expected = "{\"c/x\":[\"list\",\"read\",\"update\"],\"/c/x/y\":[\"list\",\"read\",\"update\"],"
                + "\"c/no\":[\"deny\"],\"d\":[\"deny\"],\"team\":[\"deny\"],\"a//b\":[\"deny\"]}";
        assertThat(TestVault.text(self("{" + body + "}"))).isEqualTo(expected);
        String text = token.credential().orElseThrow().text();
        assertThat(TestVault.text(vault.write("sys/capabilities", "{\"token\":\"" + text + "\"," + body + "}")))
                .isEqualTo(expected);
        assertThat(TestVault.text(vault.write(
                        "sys/capabilities-accessor", "{\"accessor\":\"" + token.accessor() + "\"," + body + "}")))
                .isEqualTo(expected);
    }

    @Test
    void onePathIsAlsoAnsweredUnderTheNameOfOld() {
        assertThat(TestVault.text(self("{\"path\":\"team/\"}")))
                .isEqualTo("{\"team/\":[\"list\"],\"capabilities\":[\"list\"]}");
        assertThat(TestVault.text(vault.write("sys/capabilities-self", "{\"paths\":[\"x\",\"x\"]}")))
                .isEqualTo("{\"x\":[\"root\"],\"capabilities\":[\"root\"]}");
        assertThat(TestVault.text(self("{\"path\":\"capabilities\"}"))).isEqualTo("{\"capabilities\":[\"deny\"]}");
    }

    @Test
    void whatCannotBeAnsweredSaysWhy() {
        assertThat(vault.write("sys/capabilities-self", "{}"))
                .isEqualTo(new Response.Invalid("paths must be supplied"));
        assertThat(vault.write("sys/capabilities", "{\"path\":\"x\"}"))
                .isEqualTo(new Response.Failed(Response.wrapped("no token found")));
        for (String text : new String[] {"hvs.none", "a b", "x".repeat(9_000)}) {
            assertThat(vault.write("sys/capabilities", "{\"path\":\"x\",\"token\":\"" + text + "\"}"))
                    .isEqualTo(new Response.Invalid(Response.wrapped("invalid token")));
        }
        assertThat(vault.write("sys/capabilities-accessor", "{\"path\":\"x\",\"accessor\":\"none\"}"))
                .isEqualTo(new Response.Invalid(Response.wrapped("invalid accessor")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            c/x        | read   | true  | policy "one", line 1 and policy "two", line 1: path "c/*" allows it | ~~
            c/x        | delete | false | allows list, read, update, and not delete           | add "delete" to the capabilities of policy "one"
            c/no       | read   | false | policy "one", line 2: path "c/no" denies everything | take "deny" out of policy "one", line 2
            d/x        | list   | false | no rule is for this path                            | path "d/x" {
            sys/auth/a | update | false | the path asks for sudo too                          | add "sudo" to the capabilities of policy "one"
            sys/auth/a | read   | false | allows update, and not read                         | add "read" and "sudo"
            w          | update | false | allows it only wrapped for at least 1m0s and at most 5m0s | ask for an answer that is wrapped
            p          | update | true  | allows it                                           | ~~
            """)
    void anExplanationNamesTheRuleAndWhatIsNeeded(
            String path, String operation, boolean allowed, String reason, String needed) {
        Json.Obj found = explained(path, operation);
        assertThat(found.get("operation")).isEqualTo(Json.of(operation));
        assertThat(found.get("allowed")).isEqualTo(Json.of(allowed));
        assertThat(((Json.Str) found.get("reason")).value()).contains(reason);
        assertThat(((Json.Str) found.get("needed")).value()).contains(needed);
    }

    @Test
    void anExplanationTellsConditions() {
        assertThat(((Json.Arr) explained("p", "update").get("conditions")).items())
                .containsExactly(
                        Json.of("these parameters are given: ttl"),
                        Json.of("no parameters are given but these: name, ttl (certain values)"));
    }

    @Test
    void anExplanationTellsWhatCountsForNothing() {
        vault.write(
                "sys/policies/acl/gone",
                "{\"policy\":\"path \\\"a/{{identity.entity.id}}\\\" { capabilities = [\\\"read\\\"] }\\n"
                        + "path \\\"b\\\" { expiration = 5 }\"}");
        String text = TestVault.text(
                vault.write("sys/policies/explain", "{\"path\":\"a/x\",\"policies\":[\"gone\",\"none\"]}"));
        assertThat(text)
                .contains("\"policies\":[\"gone\",\"none\"]")
                .contains("policy \\\"gone\\\", line 1: path \\\"a/{{identity.entity.id}}\\\" has a template that this"
                        + " caller has no value for")
                .contains("policy \\\"gone\\\", line 2: path \\\"b\\\" has ended")
                .contains("policy \\\"none\\\" is not there");
    }

    @Test
    void whoeverHasThePolicyDefaultIsExplainedHisOwnRightsAndNobodyElses() {
        Clients clients = new Clients(vault);
        String anybody = clients.create("{\"policies\":[\"two\"]}");
        String asked = "{\"path\":\"c/x\",\"operation\":\"update\"";
        assertThat(TestVault.text(clients.call(anybody, Operation.UPDATE, "sys/policies/explain", asked + "}")))
                .contains("\"allowed\":true", "\"policies\":[\"default\",\"two\"]");
        for (String other :
                List.of("\"token\":\"hvs.a\"", "\"accessor\":\"a\"", "\"policies\":[\"one\"]", "\"TOKEN\":1")) {
            assertThat(clients.call(anybody, Operation.UPDATE, "sys/policies/explain", asked + "," + other + "}"))
                    .as(other)
                    .isInstanceOf(Response.Denied.class);
        }
    }

    @Test
    void everyOperationIsExplainedIfNoneIsNamed() {
        String text = TestVault.text(vault.write("sys/policies/explain", "{\"path\":\"c/x\",\"policies\":[\"Two\"]}"));
        assertThat(text).contains("\"policies\":[\"two\"]");
        for (String operation : new String[] {"create", "read", "update", "patch", "delete", "list", "scan"}) {
            assertThat(text).contains("\"operation\":\"" + operation + "\"");
        }
        assertThat(TestVault.text(vault.write("sys/policies/explain", "{\"path\":\"c/x\"}")))
                .contains("policy \\\"root\\\" allows everything");
    }

    @Test
    void whatCannotBeExplainedSaysWhy() {
        assertThat(vault.write("sys/policies/explain", "{}").toString()).contains("'path' must be");
        assertThat(vault.write("sys/policies/explain", "{\"path\":\"/v1/a\"}").toString())
                .contains("without /v1/");
        assertThat(vault.write("sys/policies/explain", "{\"path\":\"a//b\"}").toString())
                .contains("'path' must be");
        assertThat(vault.write("sys/policies/explain", "{\"path\":\"a\",\"operation\":\"fly\"}")
                        .toString())
                .contains("'operation' must be");
        assertThat(vault.write("sys/policies/explain", "{\"path\":\"a\",\"token\":\"hvs.none\"}")
                        .toString())
                .contains("there is no such token");
        assertThat(vault.write("sys/policies/explain", "{\"path\":\"a\",\"policies\":[\"a//b\"]}")
                        .toString())
                .contains("has the form of a path");
    }

    private Json.Obj explained(String path, String operation) {
        Response response = vault.write(
                "sys/policies/explain",
                "{\"path\":\"" + path + "\",\"operation\":\"" + operation + "\",\"accessor\":\"" + token.accessor()
                        + "\"}");
        Json.Obj data = (Json.Obj) ((Response.Ok) response).data();
        return (Json.Obj) ((Json.Arr) data.get("operations")).items().getFirst();
    }

    private Response self(String body) {
        return vault.handle(vault.request(
                Operation.UPDATE,
                "sys/capabilities-self",
                body,
                Optional.of(token.credential().orElseThrow())));
    }

    private void policy(String name, String text) {
        Json body = Json.object().put("policy", text).build();
        vault.write("sys/policies/acl/" + name, new String(JsonText.write(body), StandardCharsets.UTF_8));
    }

    private static Auth granted(Response response) {
        if (response instanceof Response.Authenticated granted) {
            return granted.auth();
        }
        throw new AssertionError(response.toString());
    }
}
