// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RekeyTest {
    private final TestVault vault = TestVault.open();
    private final Asking root = Asking.root(vault);
    private final List<Secret> old = vault.shares();

    @BeforeEach
    void write() {
        vault.write("sys/mounts/secret", "{\"type\":\"kv\"}");
        vault.write("secret/a", "{\"v\":1}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void assertReads(TestVault opened) {
        assertThat(TestVault.text(opened.read("secret/a"))).isEqualTo("{\"v\":1}");
    }

    @Test
    void newSharesAloneOpenTheStoreWhenTheirAnswerHasArrived() {
        Response last = root.rekey(4, 2, "", old);
        List<Secret> fresh = Asking.shares(last);
        assertThat(fresh).hasSize(4);
        assertReads(vault);
        Asking.arrived(last);
        assertReads(vault);
        TestVault again = vault.restart();
        assertThat(again.unsealing().offer(old.getFirst()))
                .isEqualTo(new Unsealing.Outcome.Refused("share 1: a share of generation 1; the current one is 2"));
        assertThat(Asking.opens(again, old)).isFalse();
        assertThat(Asking.opens(again, fresh.subList(2, 4))).isTrue();
        assertReads(again);
        again.close();
    }

    @Test
    void untilTheAnswerHasArrivedBothSetsOpenAndTheStatusSaysSo() {
        List<Secret> fresh = Asking.shares(root.rekey(4, 2, "", old));
        assertThat(Asking.data(root.read("sys/seal-status")).get("previous_generation"))
                .isEqualTo(Json.of(1));
        TestVault again = vault.restart();
        assertThat(Asking.opens(again, old.subList(1, 4))).isTrue();
        assertReads(again);
        assertThat(Asking.data(Asking.root(again).read("sys/seal-status")).get("previous_generation"))
                .as("the old ones prove nothing of the new ones")
                .isEqualTo(Json.of(1));
        assertThat(Asking.opens(again, fresh.subList(0, 2))).isTrue();
        assertReads(again);
        assertThat(Asking.data(Asking.root(again).read("sys/seal-status")).has("previous_generation"))
                .isFalse();
        assertThat(Asking.opens(again, old)).isFalse();
        assertThat(Asking.opens(again, fresh.subList(1, 3))).isTrue();
        again.close();
    }

    @Test
    void whenAnAnswerIsLostTheOldSharesRekeyAgain() {
        List<Secret> lost = Asking.shares(root.rekey(4, 2, "", old));
        Response last = root.rekey(3, 2, "", old);
        List<Secret> fresh = Asking.shares(last);
        assertThat(Asking.opens(vault, lost)).as("nobody has these").isFalse();
        assertThat(Asking.opens(vault, old.subList(0, 3))).isTrue();
        Asking.arrived(last);
        assertThat(Asking.opens(vault, old))
                .as("opened by the previous ones, it cannot end the rekey")
                .isTrue();
        assertThat(Asking.opens(vault, fresh.subList(0, 2))).isTrue();
        assertThat(Asking.opens(vault, old)).isFalse();
        assertThat(Asking.opens(vault, fresh.subList(1, 3))).isTrue();
        assertReads(vault);
    }

    @Test
    void aMountMadeWhileTwoSetsOpenTheStoreOpensWithBoth() {
        List<Secret> fresh = Asking.shares(root.rekey(4, 2, "", old));
        vault.write("sys/mounts/more", "{\"type\":\"kv\"}");
        vault.write("more/b", "{\"v\":2}");
        assertThat(Asking.refusal(vault.write("sys/rotate", "{\"scope\":\"keys\"}")))
                .contains("former and new shares both open this vault");
        assertThat(vault.write("sys/rotate", "")).isEqualTo(Response.NO_CONTENT);
        vault.write("more/c", "{\"v\":3}");
        for (List<Secret> set : List.of(old.subList(0, 3), fresh.subList(0, 2))) {
            assertThat(Asking.opens(vault, set)).isTrue();
            assertThat(TestVault.text(vault.read("more/b"))).isEqualTo("{\"v\":2}");
            assertThat(TestVault.text(vault.read("more/c"))).isEqualTo("{\"v\":3}");
        }
    }

    @Test
    void newSharesThatWaitForTheirProofOpenNothing() {
        Response last = root.rekey(4, 2, ",\"require_verification\":true", old);
        List<Secret> fresh = Asking.shares(last);
        Asking.arrived(last);
        TestVault again = vault.restart();
        assertThat(again.unsealing().offer(fresh.getFirst()))
                .isEqualTo(new Unsealing.Outcome.Refused(
                        "share 1: a share of generation 2, not yet confirmed; the current one is 1"));
        assertThat(Asking.opens(again, fresh)).isFalse();
        assertThat(Asking.opens(again, old.subList(0, 3))).isTrue();

        Asking somebody = Asking.nobody(again);
        String nonce = Asking.text(Asking.data(somebody.read("sys/rekey/verify")), "nonce");
        assertThat(Asking.data(somebody.prove(nonce, fresh.get(3))).get("progress"))
                .isEqualTo(Json.of(1));
        assertThat(Asking.data(somebody.prove(nonce, fresh.get(0))).get("complete"))
                .isEqualTo(Json.of(true));
        assertReads(again);
        assertThat(Asking.opens(again, old)).isFalse();
        assertThat(Asking.opens(again, fresh.subList(1, 3))).isTrue();
        assertReads(again);
        again.close();
    }

    @Test
    void everyNewShareIsAskedForIfTheRekeySaysSo() {
        Response last = root.rekey(3, 2, ",\"verify_all\":true", old);
        List<Secret> fresh = Asking.shares(last);
        String nonce = Asking.text(Asking.data(last), "verification_nonce");
        root.prove(nonce, fresh.get(0));
        Json.Obj two = Asking.data(root.prove(nonce, fresh.get(2)));
        assertThat(two.get("progress")).isEqualTo(Json.of(2));
        assertThat(two.get("required")).isEqualTo(Json.of(3));
        assertThat(Asking.data(root.prove(nonce, fresh.get(1))).get("complete")).isEqualTo(Json.of(true));
        assertThat(Asking.opens(vault, fresh)).isTrue();
    }

    @Test
    void aCancelDropsNewSharesThatWaitForTheirProofAndTheirNumberIsNotUsedAgain() {
        List<Secret> dropped = Asking.shares(root.rekey(4, 2, ",\"require_verification\":true", old));
        assertThat(root.delete("sys/rekey/init", "")).isEqualTo(Response.NO_CONTENT);
        assertThat(Asking.opens(vault, dropped)).isFalse();
        assertThat(Asking.opens(vault, old)).isTrue();
        assertThat(Asking.refusal(root.update(root.start(2, 2, ""), dropped.getFirst())))
                .isEqualTo("share 1: a share of generation 2; the current one is 1");
        root.delete("sys/rekey/init", "");
        assertThat(Asking.data(root.rekey(2, 2, "", old)).get("generation")).isEqualTo(Json.of(3));
    }

    @Test
    void sizesChangeAtWillAndBack() {
        List<Secret> now = old;
        int[][] sizes = {{4, 2}, {1, 1}, {255, 128}, {5, 3}};
        for (int[] size : sizes) {
            Response last = root.rekey(size[0], size[1], "", now);
            List<Secret> next = Asking.shares(last);
            Asking.arrived(last);
            assertThat(next).hasSize(size[0]);
            assertThat(Asking.opens(vault, now)).as("the former shares").isFalse();
            assertThat(Asking.opens(vault, next.subList(size[0] - size[1], size[0])))
                    .isTrue();
            assertReads(vault);
            now = next;
        }
    }
}
