// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.request.Told;
import io.coffer.core.storage.Scope;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holders of shares say that a key is destroyed at once. Of the scope two older terms are there, with nothing under
/// them; three shares are needed.
class DestroyQuorumTest {
    private static final String BENT = "0f".repeat(32) + "01";

    private final TestVault vault = TestVault.open();
    private final KeyJobs jobs = new KeyJobs(vault);
    private Scope scope = Scope.SYSTEM;

    @BeforeEach
    void fill() {
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        scope = KeyJobs.scope(vault, "one/");
        vault.write("one/a", "{\"v\":1}");
        vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}");
        vault.write("sys/rotate", "{\"scope\":\"" + scope + "\"}");
        KeyJobs.rewrap(vault, scope);
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private Response destroy(int term, String body) {
        return vault.write("sys/keys/" + scope + "/" + term + "/destroy", body);
    }

    private String share(int index) {
        return vault.share(index).use(bytes -> HexFormat.of().formatHex(bytes));
    }

    private static String key(String share) {
        return "{\"key\":\"" + share + "\"}";
    }

    private void assertRefused(Response answer, String why) {
        assertThat(answer).isInstanceOf(Response.Invalid.class);
        assertThat(((Response.Invalid) answer).errors().getFirst()).contains(why);
    }

    private List<String> states() {
        return KeyJobs.states(vault, scope);
    }

    @Test
    void aQuorumOfSharesWaitsForNothing() {
        Json.Obj none = Told.data(destroy(1, ""));
        assertThat(List.of(none.get("progress"), none.get("required"))).containsExactly(Json.of(0), Json.of(3));
        assertThat(none.has("nonce")).isFalse();
        Json.Obj first = Told.data(destroy(1, key(share(5))));
        assertThat(first.get("progress")).isEqualTo(Json.of(1));
        assertThat(Told.data(destroy(1, "")))
                .as("whoever asks sees how many are missing")
                .isEqualTo(first);
        assertRefused(destroy(1, key(share(5))), "already been provided");
        Told.data(destroy(1, key(share(4))));
        jobs.run();
        assertThat(states()).containsExactly("destroying", "deprecated", "primary");
        Json.Obj last = Told.data(destroy(1, key(share(3))));
        assertThat(last.get("destroy_time")).as("due at once").isNotEqualTo(first.get("destroy_time"));
        jobs.run();
        assertThat(states()).containsExactly("destroyed", "deprecated", "primary");
        assertThat(vault.read("sys/receipts/" + scope + ".1")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void sharesAloneAskForItToo() {
        for (int index = 5; index > 2; index--) {
            Told.data(destroy(1, key(share(index))));
        }
        jobs.run();
        assertThat(states()).containsExactly("destroyed", "deprecated", "primary");
    }

    @Test
    void sharesForOneKeyAreNoneForAnotherAndLeaveThoseForThat() {
        destroy(1, key(share(5)));
        destroy(1, key(share(4)));
        assertThat(Told.data(destroy(2, key(share(3)))).get("progress")).isEqualTo(Json.of(1));
        jobs.run();
        assertThat(states()).containsExactly("destroying", "destroying", "primary");
        Told.data(destroy(1, key(share(3))));
        jobs.run();
        assertThat(states()).containsExactly("destroyed", "destroying", "primary");
        assertThat(Told.data(destroy(2, "")).get("progress")).isEqualTo(Json.of(1));
    }

    @Test
    void aSealForgetsAllShares() {
        destroy(1, key(share(5)));
        destroy(2, key(share(5)));
        vault.vault().seal();
        vault.unseal();
        for (int term = 1; term <= 2; term++) {
            assertThat(Told.data(destroy(term, "")).get("progress")).isEqualTo(Json.of(0));
        }
    }

    @Test
    void aShareThatIsNoneAsksForNothing() {
        assertRefused(destroy(1, key(BENT)), "not a share of this vault");
        assertRefused(destroy(1, key("zz")), "'key' must be a valid hex or base64 string");
        assertRefused(destroy(1, "{\"key\":\"" + share(5) + "\",\"nonce\":\"n\"}"), "incorrect nonce");
        assertThat(states()).containsExactly("deprecated", "deprecated", "primary");
        assertThat(Told.data(destroy(1, "")).has("nonce")).isFalse();
        assertRefused(destroy(3, key(share(5))), "primary");
        assertThat(Told.data(destroy(1, "")).get("progress")).isEqualTo(Json.of(0));
    }

    @Test
    void aShareThatIsNoneEndsNothingThatOthersHaveBegun() {
        Json.Obj first = Told.data(destroy(1, key(share(5))));
        assertRefused(destroy(2, key(BENT)), "not a share of this vault");
        assertRefused(destroy(2, "{\"key\":\"" + share(4) + "\",\"nonce\":\"n\"}"), "incorrect nonce");
        assertThat(Told.data(destroy(1, ""))).isEqualTo(first);
    }

    @Test
    void aRestoredKeyNeedsEveryShareAnew() {
        destroy(1, key(share(5)));
        destroy(1, key(share(4)));
        assertThat(vault.write("sys/keys/" + scope + "/1/restore", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(Told.data(destroy(1, key(share(3)))).get("progress")).isEqualTo(Json.of(1));
    }
}
