// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import static io.coffer.core.auth.token.Clients.ROOT;
import static io.coffer.core.auth.token.Clients.accessor;
import static io.coffer.core.auth.token.Clients.show;
import static io.coffer.core.auth.token.Clients.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The ends of tokens: by revocation and by time.
class RevokeTest {
    private static final String ALL = "{\"policies\":[\"root\"],\"ttl\":\"1h\"}";

    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @AfterEach
    void close() {
        vault.close();
    }

    private String revoke(String path, String token) {
        return show(clients.write(ROOT, "auth/token/" + path, "{\"token\":\"" + token + "\"}"));
    }

    /// What is known of tokens on the disk, but for what every vault has.
    private List<String> stored() {
        return vault.look(reader -> reader.scan(Folder.of(Scope.TOKENS), "", 1000).items().stream()
                .map(StorageKey::path)
                .toList());
    }

    @Test
    void whatDescendsFromTheDeadIsDeadAtOnceAndClearedLater() {
        List<String> before = stored();
        String parent = clients.create(ALL);
        String child = clients.create(parent, ALL);
        String grandchild = clients.create(child, ALL);
        String orphan = text(clients.write(child, "auth/token/create-orphan", ALL));
        assertThat(revoke("revoke", parent)).isEqualTo("204");
        for (String dead : List.of(parent, child, grandchild)) {
            assertThat(clients.lives(dead)).isFalse();
            assertThat(clients.looked(dead, "id")).isEqualTo("403 bad token");
        }
        assertThat(clients.lives(orphan)).isTrue();
        new Jobs(vault).run();
        assertThat(clients.lives(orphan)).isTrue();
        assertThat(revoke("revoke", orphan)).isEqualTo("204");
        new Jobs(vault).run();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void childrenOfOneThatIsRevokedAloneLiveOnAsOrphans() {
        String parent = clients.create(ALL);
        String child = clients.create(parent, ALL);
        String grandchild = clients.create(child, ALL);
        assertThat(revoke("revoke-orphan", parent)).isEqualTo("204");
        assertThat(clients.lives(parent)).isFalse();
        assertThat(clients.lives(child)).isTrue();
        assertThat(clients.lives(grandchild)).isTrue();
        assertThat(clients.looked(child, "orphan")).isEqualTo("true");
        new Jobs(vault).run();
        assertThat(clients.looked(child, "orphan")).isEqualTo("true");
        assertThat(clients.looked(grandchild, "orphan")).isEqualTo("false");
        revoke("revoke", child);
        assertThat(clients.lives(grandchild)).isFalse();
    }

    @Test
    void itsOwnMakerEndsNoTokenThatStandsForItselfSince() {
        String first = clients.create(ALL);
        String second = clients.create(first, ALL);
        String third = clients.create(second, ALL);
        revoke("revoke-orphan", second);
        revoke("revoke", first);
        assertThat(clients.lives(third)).isTrue();
        new Jobs(vault).run();
        assertThat(clients.lives(third)).isTrue();
    }

    @Test
    void eachWayToRevokeHasItsWords() {
        String token = clients.create(ALL);
        assertThat(show(clients.write(token, "auth/token/revoke-self", ""))).isEqualTo("204");
        assertThat(clients.lives(token)).isFalse();
        assertThat(revoke("revoke", "nonsense")).isEqualTo("204");
        assertThat(revoke("revoke", "")).isEqualTo("400 missing token ID");
        assertThat(revoke("revoke-orphan", "nonsense")).isEqualTo("400 token to revoke not found");
        Response made = clients.write(ROOT, "auth/token/create", ALL);
        String body = "{\"accessor\":\"" + accessor(made) + "\"}";
        assertThat(show(clients.write(ROOT, "auth/token/lookup-accessor", body)))
                .contains("\"id\":\"\"");
        assertThat(show(clients.write(ROOT, "auth/token/revoke-accessor", body)))
                .isEqualTo("204");
        assertThat(clients.lives(text(made))).isFalse();
        assertThat(show(clients.write(ROOT, "auth/token/revoke-accessor", body)))
                .isEqualTo("200 null [No token found with this accessor]");
        assertThat(show(clients.write(ROOT, "auth/token/lookup-accessor", body)))
                .isEqualTo("400 1 error occurred:\n\t* invalid accessor\n\n");
        assertThat(show(clients.write(ROOT, "auth/token/lookup-accessor", "{}")))
                .isEqualTo("400 missing accessor");
        assertThat(show(clients.write(ROOT, "auth/token/lookup-accessor", "{\"accessor\":\"../../id\"}")))
                .startsWith("400 ");
    }

    @Test
    void onlyWhoMayDoAsHeLikesLeavesOrphansBehind() {
        vault.write("sys/policies/acl/p", "{\"policy\":\"path \\\"auth/token/*\\\" {capabilities=[\\\"update\\\"]}\"}");
        String weak = clients.create("{\"policies\":[\"p\"]}");
        String victim = clients.create(weak, "{}");
        assertThat(show(clients.write(weak, "auth/token/revoke-orphan", "{\"token\":\"" + victim + "\"}")))
                .isEqualTo("400 root or sudo privileges required to revoke and orphan");
        assertThat(clients.lives(victim)).isTrue();
    }

    @Test
    void aTokenIsDeadAtItsEndWhetherSweptOrNot() {
        List<String> before = stored();
        String token = clients.create("{\"policies\":[\"root\"],\"ttl\":\"10s\"}");
        String child = clients.create(token, ALL);
        String batch = clients.create("{\"type\":\"batch\",\"policies\":[\"default\"],\"ttl\":\"10s\"}");
        vault.time().pass(Duration.ofMillis(9_999));
        assertThat(clients.lives(token)).isTrue();
        assertThat(clients.lives(batch)).isTrue();
        new Jobs(vault).run();
        assertThat(clients.lives(child)).isTrue();
        vault.time().pass(Duration.ofMillis(1));
        for (String dead : List.of(token, child, batch)) {
            assertThat(clients.lives(dead)).isFalse();
        }
        new Jobs(vault).run();
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void aBatchTokenDiesWithItsMaker() {
        String parent = clients.create(ALL);
        String batch = clients.create(parent, "{\"type\":\"batch\",\"policies\":[\"default\"]}");
        String free = text(
                clients.write(parent, "auth/token/create-orphan", "{\"type\":\"batch\",\"policies\":[\"default\"]}"));
        assertThat(clients.lives(batch)).isTrue();
        revoke("revoke", parent);
        assertThat(clients.lives(batch)).isFalse();
        assertThat(clients.lives(free)).isTrue();
        String other = clients.create(ALL);
        String second = clients.create(other, "{\"type\":\"batch\",\"policies\":[\"default\"]}");
        revoke("revoke-orphan", other);
        assertThat(clients.lives(second)).isFalse();
    }

    @Test
    void aRenewedTokenEndsAtItsNewEndOnly() {
        String token = clients.create("{\"policies\":[\"root\"],\"ttl\":\"10s\"}");
        vault.time().pass(Duration.ofSeconds(9));
        assertThat(show(clients.write(token, "auth/token/renew-self", "{}"))).isEqualTo("200 [root] 10s renewable");
        vault.time().pass(Duration.ofSeconds(9));
        new Jobs(vault).run();
        assertThat(clients.lives(token)).isTrue();
        vault.time().pass(Duration.ofSeconds(1));
        assertThat(clients.lives(token)).isFalse();
    }

    @Test
    void whatATokenKeepsGoesWithIt() {
        String token = clients.create(ALL);
        clients.write(token, "cubbyhole/a/b", "{\"k\":1}");
        int before = secrets();
        revoke("revoke", token);
        new Jobs(vault).run();
        assertThat(secrets()).isEqualTo(before - 1);
    }

    private int secrets() {
        return vault.look(reader -> reader.scan(
                        Folder.of(vault.mounts()
                                .read(reader)
                                .at("cubbyhole/")
                                .orElseThrow()
                                .scope()),
                        "",
                        1000)
                .items()
                .size());
    }

    @Test
    void allTokensBelowAPathEndAtOnceButThoseWithoutAnEnd() {
        String first = clients.create(ALL);
        String forever = clients.create("{}");
        String other = text(clients.write(ROOT, "auth/token/create-orphan", ALL));
        assertThat(show(clients.write(ROOT, "sys/leases/revoke-prefix/auth/token/create", "")))
                .isEqualTo("204");
        assertThat(clients.lives(first)).isFalse();
        assertThat(clients.lives(forever)).isTrue();
        assertThat(clients.lives(other)).isTrue();
        vault.time().pass(Duration.ofMillis(1));
        String later = clients.create(ALL);
        assertThat(clients.lives(later)).isTrue();
        new Jobs(vault).run();
        assertThat(clients.lives(later)).isTrue();
        assertThat(stored()).filteredOn(path -> path.startsWith("id/")).hasSize(4);
    }

    @Test
    void theAccessorsOfAllTokensAreListed() {
        String accessor = accessor(clients.write(ROOT, "auth/token/create", "{}"));
        assertThat(show(clients.call(ROOT, Operation.LIST, "auth/token/accessors/", "")))
                .contains(accessor);
        String weak = clients.create("{\"policies\":[\"default\"]}");
        assertThat(show(clients.call(weak, Operation.LIST, "auth/token/accessors/", "")))
                .startsWith("403 ");
    }

    @Test
    void noTokenDescendsFromMoreThanTheDeepestAllows() {
        String token = clients.create(ALL);
        for (int depth = 1; depth < 64; depth++) {
            token = clients.create(token, ALL);
        }
        assertThat(clients.lives(token)).isTrue();
        assertThat(show(clients.write(token, "auth/token/create", ALL))).startsWith("400 a token descends from");
        assertThat(show(clients.write(token, "auth/token/create-orphan", ALL))).startsWith("200 ");
    }
}
