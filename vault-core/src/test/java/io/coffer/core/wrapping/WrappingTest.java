// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.wrapping;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.show;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.engine.Golden;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.WrapInfo;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrappingTest {
    private static final String INVALID = "400 wrapping token is not valid or does not exist";

    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @BeforeEach
    void secret() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/w", "{\"n\":2.50,\"t\":\"ä\\n\\\"\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private WrapInfo wrap(String ttl) {
        Response answer = clients.wrapped(ttl, ROOT, Operation.READ, "kv/w", "");
        assertThat(answer).isInstanceOf(Response.Wrapped.class);
        return ((Response.Wrapped) answer).info();
    }

    private Response unwrap(String caller, String body) {
        return clients.write(caller, "sys/wrapping/unwrap", body);
    }

    private static String named(WrapInfo info) {
        return "{\"token\":\"" + info.token().text() + "\"}";
    }

    private static String body(Response response) {
        assertThat(response).isInstanceOf(Response.Coded.class);
        return new String(JsonText.write(((Response.Coded) response).body()), StandardCharsets.UTF_8);
    }

    @Test
    void anAnswerIsLaidAwayAndTakenOutOnceAsItWas() {
        WrapInfo info = wrap("60s");
        assertThat(info.ttlSeconds()).isEqualTo(60);
        assertThat(info.creationPath()).isEqualTo("kv/w");
        assertThat(body(unwrap(info.token().text(), "")))
                .isEqualTo("{\"request_id\":\"00000000-0000-4000-8000-000000000000\",\"lease_id\":\"\","
                        + "\"renewable\":false,\"lease_duration\":2764800,\"data\":{\"n\":2.50,\"t\":\"ä\\n\\\"\"},"
                        + "\"wrap_info\":null,\"warnings\":null,\"auth\":null,\"mount_type\":\"kv\"}");
        assertThat(show(unwrap(info.token().text(), ""))).isEqualTo(INVALID);
        assertThat(show(unwrap(ROOT, named(info)))).isEqualTo(INVALID);
    }

    @Test
    void whatWasEverLaidAwayIsHandedOut() {
        WrapInfo info = wrap("60s");
        StorageKey lying = vault.look(reader -> {
            Folder cubbyhole = Folder.of(
                    vault.mounts().read(reader).at("cubbyhole/").orElseThrow().scope());
            return reader.scan(cubbyhole, "", 2).items().getFirst();
        });
        String text = Golden.of("wrapping/answer-1.json").text();
        assertThat(new String(
                        vault.look(reader -> reader.get(lying).orElseThrow()).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        String other = text.replace("2.50", "3.50");
        vault.change(writer -> writer.put(lying, new Plaintext(other.getBytes(StandardCharsets.UTF_8))));
        assertThat(body(unwrap(info.token().text(), ""))).contains("\"n\":3.50");
    }

    @Test
    void theTokenMayBeNamedByAnotherCaller() {
        WrapInfo info = wrap("60");
        assertThat(body(unwrap(ROOT, named(info)))).contains("\"n\":2.50");
        assertThat(show(unwrap(ROOT, named(info)))).isEqualTo(INVALID);
        assertThat(clients.lives(info.token().text())).isFalse();
    }

    @Test
    void whoeverLooksTakesNothing() {
        WrapInfo info = wrap("1h");
        for (int i = 0; i < 3; i++) {
            assertThat(show(clients.write("", "sys/wrapping/lookup", named(info))))
                    .startsWith("200 {\"creation_path\":\"kv/w\",\"creation_time\":\"")
                    .endsWith("\"creation_ttl\":3600}");
            assertThat(show(clients.call(info.token().text(), Operation.READ, "sys/wrapping/lookup", "")))
                    .startsWith("200 ");
        }
        assertThat(body(unwrap(ROOT, named(info)))).contains("\"n\":2.50");
        assertThat(show(clients.write("", "sys/wrapping/lookup", named(info)))).isEqualTo(INVALID);
        assertThat(show(clients.call("", Operation.READ, "sys/wrapping/lookup", "")))
                .isEqualTo("403 permission denied");
    }

    @Test
    void anAnswerMovesToAnotherTokenAndKeepsItsPathAndLength() {
        WrapInfo first = wrap("90s");
        Response moved = clients.write(ROOT, "sys/wrapping/rewrap", named(first));
        WrapInfo second = ((Response.Wrapped) moved).info();
        assertThat(second.creationPath()).isEqualTo("kv/w");
        assertThat(second.ttlSeconds()).isEqualTo(90);
        assertThat(show(unwrap(ROOT, named(first)))).isEqualTo(INVALID);
        Response again = clients.write(second.token().text(), "sys/wrapping/rewrap", "");
        WrapInfo third = ((Response.Wrapped) again).info();
        assertThat(show(unwrap(ROOT, named(second)))).isEqualTo(INVALID);
        assertThat(body(unwrap(third.token().text(), ""))).contains("\"n\":2.50");
    }

    @Test
    void whatWrapsNothingIsRefusedAndLives() {
        String other = clients.create("{\"policies\":[\"default\"]}");
        for (String body : new String[] {
            "{\"token\":\"" + ROOT + "\"}",
            "{\"token\":\"" + other + "\"}",
            "{\"token\":\"nonsense\"}",
            "{}",
            "{\"token\":null}",
            "{\"token\":\"a b\"}"
        }) {
            assertThat(show(unwrap(ROOT, body))).as(body).isEqualTo(INVALID);
        }
        for (String none : List.of("\"\"", "5", "true", "[1]", "[\"nonsense\"]", "{\"a\":1}")) {
            for (String path : List.of("unwrap", "rewrap", "lookup")) {
                assertThat(show(clients.write(ROOT, "sys/wrapping/" + path, "{\"token\":" + none + "}")))
                        .as(path + " " + none)
                        .isEqualTo("403 error validating wrapping token: 'token' must be text that is not empty");
            }
        }
        assertThat(show(unwrap("nonsense", ""))).isEqualTo(INVALID);
        assertThat(show(unwrap("", "{}"))).isEqualTo("403 permission denied");
        assertThat(clients.lives(ROOT)).isTrue();
        assertThat(clients.lives(other)).isTrue();
    }

    @Test
    void aWrappingTokenDoesNothingElseAndThatCostsIt() {
        String token = wrap("60").token().text();
        assertThat(show(clients.call(token, Operation.READ, "kv/w", ""))).startsWith("403 ");
        assertThat(show(unwrap(ROOT, "{\"token\":\"" + token + "\"}"))).isEqualTo(INVALID);
    }

    @Test
    void anOldClientReadsTheCubbyholeInstead() {
        WrapInfo info = wrap("60");
        assertThat(show(clients.call(info.token().text(), Operation.READ, "cubbyhole/response", "")))
                .startsWith("200 {\"response\":\"{\\\"request_id\\\":")
                .contains("Reading from 'cubbyhole/response' is deprecated");
        assertThat(show(unwrap(ROOT, named(info)))).isEqualTo(INVALID);
    }

    @Test
    void errorsAndAnswersThatSayNothingAreNotWrapped() {
        assertThat(show(clients.wrapped("60", ROOT, Operation.UPDATE, "kv/w", "{\"a\":1}")))
                .isEqualTo("204");
        assertThat(show(clients.wrapped("60", ROOT, Operation.LIST, "kv/nothing/", "")))
                .startsWith("404 ");
        assertThat(show(clients.wrapped("60", "", Operation.READ, "kv/w", ""))).startsWith("403 ");
        assertThat(show(clients.wrapped("0", ROOT, Operation.READ, "kv/w", ""))).startsWith("200 ");
        assertThat(show(clients.wrapped("-5", ROOT, Operation.READ, "kv/w", "")))
                .startsWith("400 error parsing X-Vault-Wrap-TTL header:");
        assertThat(show(clients.wrapped("soon", ROOT, Operation.READ, "kv/w", "")))
                .startsWith("400 error parsing X-Vault-Wrap-TTL header:");
    }

    @Test
    void anyObjectIsWrappedOnRequest() {
        assertThat(show(clients.write(ROOT, "sys/wrapping/wrap", "{\"a\":1}")))
                .isEqualTo("400 endpoint requires response wrapping to be used");
        Response answer = clients.wrapped("60", ROOT, Operation.UPDATE, "sys/wrapping/wrap", "{\"a\":{\"b\":[1]}}");
        WrapInfo info = ((Response.Wrapped) answer).info();
        assertThat(info.creationPath()).isEqualTo("sys/wrapping/wrap");
        assertThat(body(unwrap(ROOT, named(info)))).contains("\"data\":{\"a\":{\"b\":[1]}}");
    }

    @Test
    void aWrappedTokenIsNamedByItsAccessor() {
        Response answer = clients.wrapped("60", ROOT, Operation.UPDATE, "auth/token/create", "{\"ttl\":60}");
        WrapInfo info = ((Response.Wrapped) answer).info();
        String envelope = body(unwrap(ROOT, named(info)));
        assertThat(envelope).contains("\"accessor\":\"" + info.wrappedAccessor() + "\"");
    }

    @Test
    void itLiesNoLongerThanWasAsked() {
        WrapInfo info = wrap("60");
        vault.time().pass(Duration.ofSeconds(60));
        assertThat(show(clients.write("", "sys/wrapping/lookup", named(info)))).isEqualTo(INVALID);
        assertThat(show(unwrap(ROOT, named(info)))).isEqualTo(INVALID);
    }
}
