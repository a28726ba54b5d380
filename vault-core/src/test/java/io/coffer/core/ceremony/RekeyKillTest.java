// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.crypto.KeyOwner;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kills at every write of a rekey, just before and just after it, and starts again on what is left: some
/// set of shares opens the store, two do only while the status says so, and every value reads.
class RekeyKillTest {
    private static final List<Secret> NONE = List.of();
    private static final KeyOwner OWNER = KeyOwner.pgp("cv25519");

    /// What came out of a rekey before the disk failed.
    private static final class Run {
        List<Secret> fresh = NONE;
        boolean failed;
        boolean ended;
    }

    /// How a rekey is done.
    enum Way {
        PLAIN(""),
        VERIFIED(",\"require_verification\":true"),
        PGP(",\"backup\":true,\"pgp_keys\":[" + ("\"" + OWNER.key() + "\",").repeat(3) + "\"" + OWNER.key() + "\"]"),
        AGE(",\"share_holders\":[" + (holder() + ",").repeat(3) + holder() + "]");

        private final String body;

        Way(String body) {
            this.body = body;
        }

        private static String holder() {
            return "{\"name\":\"x\",\"key\":\"" + KeyOwner.AGE.key() + "\"}";
        }

        List<Secret> shares(Response made) {
            return switch (this) {
                case PLAIN, VERIFIED -> Asking.shares(made);
                case PGP -> read(made, OWNER);
                case AGE -> read(made, KeyOwner.AGE);
            };
        }

        private static List<Secret> read(Response made, KeyOwner owner) {
            return Asking.shares(made).stream()
                    .map(message -> owner.reads().apply(message.copy()))
                    .map(hex -> HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII)))
                    .map(Secret::takeFrom)
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thereIsAlwaysASetOfSharesThatOpensTheStore(Way way) {
        assertThat(Kill.atEach(kill -> isReached(way, kill)))
                .allSatisfy(writes -> assertThat(writes).isGreaterThan(1));
    }

    private static boolean isReached(Way way, Kill kill) {
        FaultyDisk disk = new FaultyDisk();
        TestVault vault = TestVault.open(TestVault.Setup.over(disk), 3, 2);
        vault.write("sys/mounts/secret", "{\"type\":\"kv\"}");
        vault.write("secret/a", "{\"v\":1}");
        disk.failAt(kill);
        Run run = rekey(vault, way);
        TestVault left = vault.restart(disk.reopen());
        check(left, vault.shares(), run);
        left.close();
        return run.failed;
    }

    private static void check(TestVault left, List<Secret> old, Run run) {
        Json.Obj status =
                Asking.data(left.handle(left.request(Operation.READ, "sys/seal-status", "", Optional.empty())));
        boolean byOld = Asking.opens(left, old);
        if (byOld) {
            assertReads(left);
        }
        boolean byNew = !run.fresh.isEmpty() && Asking.opens(left, run.fresh);
        if (byNew) {
            assertReads(left);
            assertThat(Asking.opens(left, old))
                    .as("the new ones have opened it")
                    .isFalse();
        }
        assertThat(byOld || byNew).as("some set opens it").isTrue();
        assertThat(byOld && byNew)
                .as("both do only while the status says so")
                .isEqualTo(status.has("previous_generation") && !run.fresh.isEmpty());
        if (run.ended) {
            assertThat(byNew).isTrue();
            assertThat(byOld).isFalse();
        }
        List<Secret> valid = byNew ? run.fresh : old;
        assertThat(Asking.opens(left, valid)).isTrue();
        rekeyAgain(left, valid);
    }

    /// Whatever was left, the next rekey goes through.
    private static void rekeyAgain(TestVault left, List<Secret> valid) {
        Asking root = Asking.root(left);
        root.delete("sys/rekey/init", "");
        Response last = root.rekey(2, 2, "", valid);
        List<Secret> next = Asking.shares(last);
        Asking.arrived(last);
        assertThat(Asking.opens(left, next)).isTrue();
        assertReads(left);
        assertThat(Asking.opens(left, valid)).isFalse();
    }

    private static Run rekey(TestVault vault, Way way) {
        Run run = new Run();
        Asking root = Asking.root(vault);
        String nonce = root.start(4, 2, way.body);
        root.update(nonce, vault.share(1));
        Response last = root.update(nonce, vault.share(3));
        if (last instanceof Response.Failed) {
            run.failed = true;
            return run;
        }
        run.fresh = way.shares(last);
        if (way == Way.VERIFIED) {
            String proof = Asking.text(Asking.data(last), "verification_nonce");
            root.prove(proof, run.fresh.get(1));
            run.failed = root.prove(proof, run.fresh.get(2)) instanceof Response.Failed;
        } else {
            Asking.arrived(last);
            run.failed = vault.events().stream().anyMatch(event -> event instanceof Event.JobFailed);
        }
        run.ended = !run.failed;
        return run;
    }

    private static void assertReads(TestVault vault) {
        assertThat(TestVault.text(vault.read("secret/a"))).isEqualTo("{\"v\":1}");
    }
}
