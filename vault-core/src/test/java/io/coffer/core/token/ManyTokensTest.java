// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.Ttl;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A tree of many tokens. More: {@code -Dcoffer.tokens=100000}.
class ManyTokensTest {
    private static final int MANY = Integer.getInteger("coffer.tokens", 10_000);
    private static final int BATCH = 1_000;

    private final TestVault vault = TestVault.open();
    private final TokenStore tokens = new TokenStore();
    private final Random dice = new Random(11);

    @AfterEach
    void close() {
        vault.close();
    }

    private Token token(Parent parent, Duration ttl) {
        return new Token(
                tokens.newAccessor(TestVault.seeded(dice.nextLong())),
                Token.Type.SERVICE,
                List.of("root"),
                Provenance.of("auth/token/create", "token"),
                parent,
                Lifetime.of(vault.time().now(), ttl, Ttl.Terms.NONE, true),
                0,
                List.of());
    }

    /// Descendants of one token, each of a random one of those before it that is not too deep.
    private List<Credential> grow(Credential first) {
        List<Credential> all = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        vault.change(writer -> {
            ids.add(made(writer, token(Parent.NONE, Duration.ofHours(1)), first));
            depths.add(0);
        });
        while (all.size() < MANY) {
            vault.change(writer -> {
                for (int i = 0; i < BATCH; i++) {
                    int above = dice.nextInt(ids.size());
                    above = depths.get(above) >= 60 ? 0 : above;
                    Credential text = new Credential("hvs.descendant-" + all.size());
                    ids.add(made(writer, token(new Parent.OfToken(ids.get(above)), Duration.ofHours(1)), text));
                    depths.add(depths.get(above) + 1);
                    all.add(text);
                }
            });
        }
        return all;
    }

    private String made(io.coffer.core.barrier.BarrierWriter writer, Token token, Credential text) {
        TokenStore.Outcome outcome = tokens.make(writer, token, text, TestVault.seeded(1));
        return ((TokenStore.Outcome.Made) outcome).found().id();
    }

    private Response look(Credential token) {
        return vault.handle(vault.request(Operation.READ, "auth/token/lookup-self", "", Optional.of(token)));
    }

    private int stored(String folder) {
        return vault.look(reader -> {
            int count = 0;
            String after = "";
            boolean more = true;
            Folder all = Folder.of(Scope.TOKENS).folder(folder);
            while (more) {
                var page = reader.scan(all, after, 1000);
                count += page.items().size();
                after = page.items().isEmpty()
                        ? after
                        : all.relative(page.items().getLast());
                more = page.more();
            }
            return count;
        });
    }

    @Test
    void allThatDescendFromARevokedTokenAreDeadWithTheAnswerAndClearedInBoundedSteps() {
        Credential first = new Credential("hvs.first");
        List<Credential> all = grow(first);
        assertThat(look(all.getLast())).isInstanceOf(Response.Ok.class);
        assertThat(stored("id")).isEqualTo(MANY + 2);
        assertThat(vault.write("auth/token/revoke", "{\"token\":\"hvs.first\"}"))
                .isEqualTo(Response.NO_CONTENT);
        for (int i = 0; i < 1_000; i++) {
            assertThat(look(all.get(dice.nextInt(MANY)))).isInstanceOf(Response.Denied.class);
        }
        int steps = new Jobs(vault).run();
        assertThat(steps).isGreaterThan(MANY / ClearTokens.STEP).isLessThan(MANY / 10);
        for (String folder : List.of("child", "due", "gone")) {
            assertThat(stored(folder)).as(folder).isZero();
        }
        assertThat(stored("id")).isOne();
        assertThat(stored("accessor")).isOne();
    }
}
