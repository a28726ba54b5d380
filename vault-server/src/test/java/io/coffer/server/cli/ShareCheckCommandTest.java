// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.seal.Commitments;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import io.coffer.server.cli.Session.Ran;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShareCheckCommandTest extends InSession {
    private static final StoreId STORE = new StoreId(3, 4);

    private final SecureRandom random = new SecureRandom();
    private final List<Secret> now = List.of(share(1), share(2));
    private final List<Secret> former = List.of(share(1), share(2), share(3));

    private Secret share(int index) {
        byte[] bytes = new byte[33];
        random.nextBytes(bytes);
        bytes[32] = (byte) index;
        return Secret.takeFrom(bytes);
    }

    @BeforeEach
    void start() {
        session.when(
                "GET sys/share/commitments",
                200,
                "{\"store_id\":\"" + HexFormat.of().formatHex(STORE.bytes()) + "\",\"sets\":[" + set(2, now, "current")
                        + "," + set(1, former, "former") + "]}");
    }

    private String set(int generation, List<Secret> shares, String state) {
        Commitments made = Commitments.to(STORE, generation, shares, random);
        List<String> values = made.values().stream()
                .map(value -> "\"" + HexFormat.of().formatHex(value) + "\"")
                .toList();
        return "{\"generation\":" + generation + ",\"state\":\"" + state + "\",\"salt\":\""
                + HexFormat.of().formatHex(made.salt()) + "\",\"commitments\":[" + String.join(",", values) + "]}";
    }

    private Ran check(Secret share, String... more) {
        session.input = share.use(Base64.getEncoder()::encode);
        List<String> line = new java.util.ArrayList<>(List.of("operator", "share", "check", "-"));
        line.addAll(List.of(more));
        return session.run(line.toArray(String[]::new));
    }

    @Test
    void aGoodShareIsNamedAndNothingOfItIsSent() {
        Ran ran = check(now.get(1));
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .containsPattern("Good +true")
                .containsPattern("Share +2")
                .containsPattern("Generation +2");
        assertThat(session.seen()).hasSize(1);
        assertThat(session.last().method()).isEqualTo("GET");
        assertThat(session.last().body()).isEmpty();
    }

    @Test
    void anOldShareAndAForeignOneAreNotGood() {
        Ran old = check(former.get(2));
        assertThat(old.exit()).isEqualTo(2);
        assertThat(old.out()).containsPattern("Good +false").containsPattern("Generation +1");
        Ran foreign = check(share(1));
        assertThat(foreign.exit()).isEqualTo(2);
        assertThat(foreign.out()).isEqualTo("This is no share of this vault.\n");
    }

    @Test
    void aReportSaysWhichShareAndNotWhatItIs() {
        session.when("PUT sys/share/report", 204, "");
        assertThat(check(now.get(0), "-report").exit()).isZero();
        assertThat(session.last().body()).isEqualTo("{\"generation\":2,\"index\":1}");
        int before = session.seen().size();
        check(former.get(0), "-report");
        assertThat(session.seen()).as("an old one is not reported").hasSize(before + 1);
    }

    @Test
    void whatIsNoShareAtAllIsAnErrorOfTheCaller() {
        session.input = "not base64!".getBytes(StandardCharsets.US_ASCII);
        assertThat(session.run("operator", "share", "check", "-").exit()).isEqualTo(1);
    }
}
