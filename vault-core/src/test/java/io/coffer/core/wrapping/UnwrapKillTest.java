// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.wrapping;

import static io.coffer.core.auth.token.Clients.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.WrapInfo;
import io.coffer.core.storage.FaultyDisk;
import io.coffer.core.storage.Kill;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The process dies at the write that takes a wrapped answer, just before it and just after. Whoever asks again then,
/// nobody has got the answer twice, and nobody has got it whose taking is not on the disk.
class UnwrapKillTest {
    @ParameterizedTest
    @CsvSource({"unwrap,true", "unwrap,false", "rewrap,true", "rewrap,false"})
    void anAnswerIsTakenAtMostOnceAcrossAKill(String how, boolean named) {
        for (boolean stays : new boolean[] {false, true}) {
            FaultyDisk disk = new FaultyDisk();
            TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);
            String token = wrapped(vault);
            disk.failAt(new Kill(0, stays));
            Response first = take(vault, how, token, named);
            assertThat(first).isInstanceOf(Response.Failed.class);
            assertThat(TestVault.text(first)).doesNotContain("canary");
            vault.vault().seal();
            try (TestVault again = vault.restart(disk.reopen()).unseal()) {
                Response second = take(again, how, token, named);
                assertThat(second instanceof Response.Coded || second instanceof Response.Wrapped)
                        .as("given again though its taking %s", stays ? "stays" : "is lost")
                        .isEqualTo(!stays);
                assertThat(take(again, "unwrap", token, named)).isInstanceOf(Response.Invalid.class);
            }
        }
    }

    private static String wrapped(TestVault vault) {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/w", "{\"a\":\"canary\"}");
        Response answer = new Clients(vault).wrapped("60", ROOT, Operation.READ, "kv/w", "");
        WrapInfo info = ((Response.Wrapped) answer).info();
        return info.token().text();
    }

    private static Response take(TestVault vault, String how, String token, boolean named) {
        Clients clients = new Clients(vault);
        return named
                ? clients.write(ROOT, "sys/wrapping/" + how, "{\"token\":\"" + token + "\"}")
                : clients.write(token, "sys/wrapping/" + how, "");
    }
}
