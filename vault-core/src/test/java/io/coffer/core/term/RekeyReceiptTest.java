// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.RekeyJob;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import io.coffer.core.storage.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The terms of `keys` that a rekey destroys leave receipts as those that somebody asked for.
class RekeyReceiptTest {
    private static TestVault filled(FaultyDisk disk) {
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);
        vault.write("sys/mounts/one", "{\"type\":\"kv\"}");
        vault.write("one/a", "{\"v\":1}");
        vault.write("sys/rotate", "{\"scope\":\"keys\",\"rewrap\":true}");
        return vault;
    }

    private static List<Secret> rekeyed(TestVault vault) {
        Response last = Asking.root(vault).rekey(3, 2, "", vault.shares());
        Asking.arrived(last);
        return Asking.shares(last);
    }

    /// A receipt of each older term, which names the new shares: they open the copies made just before.
    private static void check(TestVault vault) {
        assertThat(vault.look(RekeyJob::isDone)).isTrue();
        assertThat(KeyJobs.states(vault, Scope.KEYS)).containsExactly("destroyed", "destroyed", "primary");
        for (int term = 1; term <= 2; term++) {
            Json.Obj receipt = receipt(vault, "keys." + term);
            assertThat(receipt.get("kind")).isEqualTo(Json.of("destroy"));
            assertThat(receipt.get("terms")).isEqualTo(new Json.Arr(List.of(Json.of(term))));
            assertThat(receipt.get("share_generations")).isEqualTo(new Json.Arr(List.of(Json.of(2))));
            byte[] key = Base64.getDecoder().decode(((Json.Str) receipt.get("public_key")).value());
            assertThat(Receipt.check(receipt, key)).isInstanceOf(Receipt.Check.Good.class);
        }
        assertThat(TestVault.text(vault.read("sys/keys/jobs"))).isEqualTo("{\"jobs\":[]}");
        assertThat(TestVault.text(vault.read("one/a"))).isEqualTo("{\"v\":1}");
    }

    private static Json.Obj receipt(TestVault vault, String id) {
        assertThat(vault.read("sys/receipts/" + id)).as(id).isInstanceOf(Response.Ok.class);
        return JsonText.DEFAULT.parseObject(
                TestVault.text(vault.read("sys/receipts/" + id)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachOlderTermHasOneAlsoIfItWaitedToBeDestroyed() {
        try (TestVault vault = filled(new FaultyDisk())) {
            assertThat(vault.write("sys/keys/keys/1/destroy", "")).isInstanceOf(Response.Ok.class);
            rekeyed(vault);
            assertThat(KeyJobs.states(vault, Scope.KEYS)).containsExactly("destroying", "deprecated", "primary");
            new KeyJobs(vault).run();
            check(vault);
        }
    }

    @Test
    void killedAtEachWriteTheyAreThereAfterwards() {
        assertThat(Kill.atEach(RekeyReceiptTest::isReached))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(4));
    }

    private static boolean isReached(Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = filled(disk);
        List<Secret> fresh = rekeyed(vault);
        disk.failAt(kill);
        boolean failed = failed(vault);
        try (TestVault left = vault.restart(disk.reopen())) {
            assertThat(Asking.opens(left, fresh.subList(0, 2))).isTrue();
            new KeyJobs(left).run();
            check(left);
        }
        return failed;
    }

    private static boolean failed(TestVault vault) {
        try {
            new KeyJobs(vault).run();
            return !vault.write("one/b", "{\"v\":2}").equals(Response.NO_CONTENT);
        } catch (RuntimeException failed) {
            return true;
        }
    }
}
