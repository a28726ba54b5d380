// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Request;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UserpassTest {
    private static final Response WRONG = new Response.Invalid("invalid username or password");

    private TestVault vault = TestVault.open();

    @BeforeEach
    void enable() {
        Logins.enable(vault, "userpass");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response user(String name, String body) {
        return vault.write("auth/userpass/users/" + name, body);
    }

    private void user(String name) {
        assertThat(user(name, "{\"password\":\"pw-" + name + "\",\"token_policies\":\"Dev,dev\",\"token_ttl\":\"1h\"}"))
                .isEqualTo(Response.NO_CONTENT);
    }

    private Response login(String name, String password) {
        return Logins.anonymous(vault, "auth/userpass/login/" + name, "{\"password\":\"" + password + "\"}");
    }

    private String text(String path) {
        return TestVault.text(vault.read(path));
    }

    @Test
    void aUserLogsInAndGetsWhatHisRecordSays() {
        user("ann");
        Auth auth = Logins.in(login("ann", "pw-ann"));
        assertThat(auth.tokenPolicies()).containsExactly("default", "dev");
        assertThat(auth.leaseSeconds()).isEqualTo(3600);
        assertThat(auth.metadata().orElseThrow()).containsExactly(Map.entry("username", "ann"));
        assertThat(auth.renewable()).isTrue();
        String told = TestVault.text(
                Logins.as(vault, auth.credential().orElseThrow(), Operation.READ, "auth/token/lookup-self", ""));
        assertThat(told).contains("\"display_name\":\"userpass-ann\"", "\"path\":\"auth/userpass/login/ann\"");
        assertThat(text("identity/entity/id/" + auth.entityId())).contains("\"name\":\"ann\"", "userpass_");
    }

    @Test
    void anySpellingOfANameIsOneUserOneEntityAndOneCounter() {
        user("Ann");
        assertThat(text("auth/userpass/users")).isNotNull();
        String entity = Logins.in(login("ANN", "pw-Ann")).entityId();
        assertThat(Logins.in(login("ann", "pw-Ann")).entityId()).isEqualTo(entity);
        for (String spelling : List.of("ann", "ANN", "aNN", "Ann", "anN")) {
            assertThat(login(spelling, "wrong")).isEqualTo(WRONG);
        }
        assertThat(login("ann", "pw-Ann")).isEqualTo(Response.Denied.PERMISSION);
        assertThat(TestVault.text(vault.handle(Operation.LIST, "auth/userpass/users", "")))
                .isEqualTo("{\"keys\":[\"ann\"]}");
    }

    @Test
    void whoIsNotThereIsRefusedLikeWhoIs() {
        user("ann");
        assertThat(login("ann", "wrong")).isEqualTo(WRONG);
        assertThat(login("bob", "wrong")).isEqualTo(WRONG);
        for (int i = 0; i < 4; i++) {
            assertThat(login("ann", "wrong")).isEqualTo(login("bob", "wrong"));
        }
        assertThat(login("ann", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
        assertThat(login("bob", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
        for (String missing : List.of("ann", "bob", "carl")) {
            assertThat(Logins.anonymous(vault, "auth/userpass/login/" + missing, "{}"))
                    .isEqualTo(new Response.Failed("missing password"));
        }
    }

    @Test
    void whoIsNotThereCostsTheSameWork() {
        user("ann");
        assertThat(work("ann", "pw-ann")).isEqualTo(1);
        assertThat(work("ann", "wrong")).isEqualTo(1);
        assertThat(work("nobody", "wrong")).isEqualTo(1);
    }

    /// How many times a login hashes.
    private long work(String name, String password) {
        AtomicInteger hashes = new AtomicInteger();
        MountConfig mount = vault.look(reader ->
                vault.mounts().read(reader).at("auth/userpass/").orElseThrow().config(MountDefaults.STANDARD));
        try (Secret secret = Secret.takeFrom(password.getBytes(StandardCharsets.UTF_8))) {
            Call call = new Call(
                    new Request(
                            vault.request(Operation.UPDATE, "auth/userpass/login/" + name, "", Optional.empty()),
                            new Values(Map.of("name", Json.of(name)), Map.of("password", secret)),
                            Json.EMPTY),
                    Caller.NOBODY,
                    mount,
                    vault.time().now(),
                    TestVault.seeded(2));
            Handler.Prepared login = (Handler.Prepared) Login.route().handler();
            vault.look(reader -> login.work().handle(call, reader))
                    .run(() -> Duration.ofSeconds(hashes.incrementAndGet()));
        }
        return hashes.get();
    }

    @Test
    void aLockoutEndsAndSuccessForgetsFailures() {
        user("ann");
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(login("ann", "wrong")).isEqualTo(WRONG);
            }
            Logins.in(login("ann", "pw-ann"));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(login("ann", "wrong")).isEqualTo(WRONG);
        }
        vault = vault.restart().unseal();
        assertThat(login("ann", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
        vault.time().pass(Duration.ofMinutes(14));
        assertThat(login("ann", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
        vault.time().pass(Duration.ofMinutes(1));
        assertThat(login("ann", "wrong")).isEqualTo(WRONG);
        Logins.in(login("ann", "pw-ann"));
    }

    @Test
    void lockoutIsTuned() {
        user("ann");
        assertThat(vault.write(
                        "sys/auth/userpass/tune",
                        "{\"user_lockout_config\":{\"lockout_threshold\":\"2\",\"lockout_duration\":\"1h\"}}"))
                .isEqualTo(Response.NO_CONTENT);
        login("ann", "wrong");
        login("ann", "wrong");
        vault.time().pass(Duration.ofMinutes(59));
        assertThat(login("ann", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
        vault.write("sys/auth/userpass/tune", "{\"user_lockout_config\":{\"lockout_disable\":true}}");
        Logins.in(login("ann", "pw-ann"));
        assertThat(text("sys/auth/userpass/tune"))
                .contains("\"user_lockout_disable\":true", "\"user_lockout_threshold\":2");
    }

    @Test
    void ofManyGuessesAtOnceOnlyAsManyAreLookedAtAsTheLimitSays() throws Exception {
        user("ann");
        List<Response> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Response>> guesses = Stream.<Callable<Response>>generate(() -> () -> login("ann", "wrong"))
                    .limit(24)
                    .toList();
            for (Future<Response> answer : threads.invokeAll(guesses)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers.stream().filter(WRONG::equals)).hasSize(5);
        assertThat(answers.stream().filter(Response.Denied.PERMISSION::equals)).hasSize(19);
        assertThat(login("ann", "pw-ann")).isEqualTo(Response.Denied.PERMISSION);
    }

    @Test
    void aUserIsChangedWithoutHisPasswordBeingTold() {
        user("ann");
        assertThat(text("auth/userpass/users/ann"))
                .isEqualTo("{\"token_bound_cidrs\":[],\"token_explicit_max_ttl\":0,\"token_max_ttl\":0,"
                        + "\"token_no_default_policy\":false,\"token_num_uses\":0,\"token_period\":0,"
                        + "\"token_policies\":[\"Dev\",\"dev\"],"
                        + "\"token_strictly_bind_ip\":false,\"token_ttl\":3600,\"token_type\":\"default\"}");
        assertThat(user("ann", "{\"token_num_uses\":3}")).isEqualTo(Response.NO_CONTENT);
        assertThat(Logins.in(login("ann", "pw-ann")).uses()).isEqualTo(3);
        assertThat(vault.write("auth/userpass/users/ann/password", "{\"password\":\"n\u00e4chstes \ud83d\udd11\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(login("ann", "pw-ann")).isEqualTo(WRONG);
        Logins.in(login("ann", "n\u00e4chstes \ud83d\udd11"));
        assertThat(vault.write("auth/userpass/users/ann/policies", "{\"policies\":\"ops\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(text("auth/userpass/users/ann")).contains("\"policies\":[\"ops\"]", "\"token_num_uses\":3");
        assertThat(vault.delete("auth/userpass/users/ann")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("auth/userpass/users/ann")).isEqualTo(Response.ABSENT);
        assertThat(login("ann", "n\u00e4chstes \ud83d\udd11")).isEqualTo(WRONG);
    }

    @Test
    void aRequestThatIsWrongChangesNothingAndHasItsText() {
        assertThat(user("ann", "{}")).isEqualTo(new Response.Invalid("missing password"));
        assertThat(user("ann", "{\"password\":\"\"}")).isEqualTo(new Response.Invalid("missing password"));
        assertThat(user("ann", "{\"password\":\"a\",\"password_hash\":\"b\"}"))
                .isEqualTo(new Response.Invalid("only one of password or password_hash may be provided"));
        assertThat(user("ann", "{\"password_hash\":\"$2b$31$" + "a".repeat(53) + "\"}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(user("ann", "{\"password\":[\"a\"]}")).isInstanceOf(Response.Invalid.class);
        assertThat(user("ann", "{\"password\":\"a\",\"token_policies\":\"\\uff52oot\"}"))
                .isInstanceOf(Response.Invalid.class);
        for (String name : List.of("-ann", "ann.", "a nn", "\u212aann", "a%2fb")) {
            assertThat(user(name, "{\"password\":\"a\"}")).as(name).isInstanceOf(Response.NotFound.class);
            assertThat(login(name, "a")).as(name).isInstanceOf(Response.NotFound.class);
        }
        assertThat(vault.write("auth/userpass/users/ann/password", "{\"password\":\"a\"}"))
                .isEqualTo(new Response.Failed("1 error occurred:\n\t* username does not exist\n\n"));
        assertThat(vault.handle(Operation.LIST, "auth/userpass/users", "")).isEqualTo(Response.ABSENT);
    }

    @Test
    void aTokenIsRenewedOnlyWhileItsUserIsThereAndUnchanged() {
        user("ann");
        Credential token = Logins.token(login("ann", "pw-ann"));
        Logins.in(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}"));
        user("ann", "{\"token_policies\":\"dev,ops\"}");
        assertThat(TestVault.text(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}")))
                .contains("policies have changed, not renewing");
        user("ann", "{\"token_policies\":\"dev\"}");
        Logins.in(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}"));
        vault.delete("auth/userpass/users/ann");
        assertThat(Logins.as(vault, token, Operation.UPDATE, "auth/token/renew-self", "{}"))
                .isInstanceOf(Response.Failed.class);
    }

    @Test
    void aTokenSentAlongIsNotLookedAt() {
        user("ann");
        Logins.in(Logins.as(
                vault,
                new Credential("hvs.nonsense"),
                Operation.UPDATE,
                "auth/userpass/login/ann",
                "{\"password\":\"pw-ann\"}"));
    }
}
