// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordPolicyRoutesTest {
    private static final String RULES = "length = 12\nrule \"charset\" {\n  charset = \"abc\"\n  min-chars = 2\n}\n";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void whatWasEverWrittenIsReadAndWrittenSoAgain() {
        StorageKey key = new StorageKey(Scope.SYSTEM, "policies/password/old");
        String text = Golden.of("policy/password-1.json").text();
        vault.change(writer -> writer.put(key, new Plaintext(text.getBytes(StandardCharsets.UTF_8))));
        Json.Obj kept = (Json.Obj) ((Response.Ok) vault.read("sys/policies/password/old")).data();
        assertThat(vault.read("sys/policies/password/old/generate")).isInstanceOf(Response.Ok.class);
        assertThat(put("old", ((Json.Str) kept.get("policy")).value())).isEqualTo(Response.NO_CONTENT);
        assertThat(new String(
                        vault.look(reader -> reader.get(key).orElseThrow()).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void aPolicyIsKeptAndMakesPasswordsUntilItIsDeleted() {
        assertThat(put("mine", RULES)).isEqualTo(Response.NO_CONTENT);
        assertThat(put("coded", Base64.getEncoder().encodeToString(RULES.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Response.NO_CONTENT);
        for (String name : new String[] {"mine", "coded"}) {
            assertThat(vault.read("sys/policies/password/" + name))
                    .isEqualTo(
                            new Response.Ok(Json.object().put("policy", RULES).build()));
            assertThat(TestVault.text(vault.read("sys/policies/password/" + name + "/generate")))
                    .matches("\\{\"password\":\"[abc]{12}\"}");
        }
        assertThat(TestVault.text(vault.handle(Operation.LIST, "sys/policies/password", "")))
                .isEqualTo("{\"keys\":[\"coded\",\"mine\"]}");
        assertThat(vault.delete("sys/policies/password/mine")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.delete("sys/policies/password/mine")).isEqualTo(Response.NO_CONTENT);
        Response missing = new Response.NotFound(Response.wrapped("policy does not exist"));
        assertThat(vault.read("sys/policies/password/mine")).isEqualTo(missing);
        assertThat(vault.read("sys/policies/password/mine/generate")).isEqualTo(missing);
    }

    @Test
    void whatMakesNoPasswordIsRefused() {
        assertThat(vault.write("sys/policies/password/x", "{}")).isEqualTo(refused("missing policy"));
        assertThat(put("x", RULES.replace("12", "3")))
                .isEqualTo(refused("passwords must be between 4 and 100 characters"));
        assertThat(put("x", RULES.replace("12", "101")))
                .isEqualTo(refused("passwords must be between 4 and 100 characters"));
        assertThat(put("x", RULES.replace("= 2", "= 13")))
                .isEqualTo(
                        refused("unable to construct test password from provided policy: are the rules impossible?"));
        assertThat(put("x", "length = 12\nwhat = 1").toString())
                .contains("invalid password policy: line 2, column 1: found an unknown key");
        assertThat(vault.read("sys/policies/password/x")).isInstanceOf(Response.NotFound.class);
    }

    private Response put(String name, String text) {
        Json body = Json.object().put("policy", text).build();
        return vault.write("sys/policies/password/" + name, new String(JsonText.write(body), StandardCharsets.UTF_8));
    }

    private static Response refused(String error) {
        return new Response.Invalid(Response.wrapped(error));
    }
}
