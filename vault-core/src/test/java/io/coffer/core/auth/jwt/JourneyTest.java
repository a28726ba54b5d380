// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.auth.Logins;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The state with which somebody comes back from an issuer.
class JourneyTest {
    private static final String EXPIRED = SigningIn.EXPIRED;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final SigningIn in = new SigningIn();

    @AfterEach
    void close() {
        in.close();
        pool.shutdown();
    }

    @Test
    void aStateIsGoodOnce() {
        Map<String, String> query = in.signedIn("");
        Logins.in(in.back(query));
        SigningIn.assertRefused(in.back(query), EXPIRED);
        Map<String, String> refused = in.signedIn("");
        SigningIn.assertRefused(
                in.back(SigningIn.with(refused, "code", "wrong")), "Error exchanging oidc code: \"status 400\".");
        SigningIn.assertRefused(in.back(refused), EXPIRED);
        Map<String, String> late = in.signedIn("");
        in.vault.time().pass(Journey.LONGEST);
        SigningIn.assertRefused(in.back(late), EXPIRED);
        Map<String, String> denied = in.signedIn("");
        SigningIn.assertRefused(
                in.back(SigningIn.with(denied, "error", "access_denied")), "Vault login failed. access_denied");
        SigningIn.assertRefused(in.back(denied), EXPIRED);
        Map<String, String> odd = in.signedIn("");
        SigningIn.assertRefused(in.back(SigningIn.with(odd, "error", "<script>")), "the issuer gave another error");
        for (String state : List.of("", "x", "0000", "../../config", "0".repeat(47), query.get("state") + "0")) {
            SigningIn.assertRefused(in.back(SigningIn.with(in.signedIn(""), "state", state)), EXPIRED);
        }
    }

    @Test
    void aStateThatIsBentAnywhereIsNone() {
        Map<String, String> query = in.signedIn("");
        String state = query.getOrDefault("state", "");
        for (int i = 0; i < state.length(); i++) {
            String bent = state.substring(0, i) + (state.charAt(i) == 'a' ? 'b' : 'a') + state.substring(i + 1);
            SigningIn.assertRefused(in.back(SigningIn.with(query, "state", bent)), EXPIRED);
        }
        Logins.in(in.back(query));
    }

    @Test
    void ofAHundredThatComeBackWithOneStateOneIsLetIn() throws Exception {
        Map<String, String> query = in.signedIn("");
        CyclicBarrier gate = new CyclicBarrier(100);
        List<Future<Response>> running = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            running.add(pool.submit(() -> {
                gate.await();
                return in.back(query);
            }));
        }
        int let = 0;
        for (Future<Response> each : running) {
            let += each.get() instanceof Response.Authenticated ? 1 : 0;
        }
        assertThat(let).isLessThanOrEqualTo(1);
        assertThat(in.issuer.asked).filteredOn(url -> url.endsWith("/token")).isNotEmpty();
        SigningIn.assertRefused(in.back(query), EXPIRED);
    }

    @Test
    void aClientThatGaveANonceShowsItAgain() {
        for (String shown : List.of("", "other")) {
            Map<String, String> query =
                    in.issuer.signIn(SigningIn.url(in.setOut(",\"client_nonce\":\"n\"")), in.who(""));
            SigningIn.assertRefused(in.back(SigningIn.with(query, "client_nonce", shown)), "invalid client_nonce");
            SigningIn.assertRefused(in.back(SigningIn.with(query, "client_nonce", "n")), EXPIRED);
        }
        Map<String, String> query = in.issuer.signIn(SigningIn.url(in.setOut(",\"client_nonce\":\"n\"")), in.who(""));
        Logins.in(in.back(SigningIn.with(query, "client_nonce", "n")));
        SigningIn.assertRefused(
                in.setOut(",\"client_nonce\":\"" + "n".repeat(257) + "\""), "client_nonce must have at most");
    }

    @Test
    void howeverManySetOutWhatIsKeptIsBounded() {
        Set<String> slots = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            String state = TestIssuer.query(
                            java.net.URI.create(SigningIn.url(in.setOut(""))).getRawQuery())
                    .getOrDefault("state", "");
            slots.add(state.substring(0, 4));
        }
        assertThat(slots.size()).isGreaterThan(280);
        assertThat(in.issuer.asked)
                .filteredOn(url -> url.endsWith("openid-configuration"))
                .hasSizeLessThanOrEqualTo(2);
    }
}
