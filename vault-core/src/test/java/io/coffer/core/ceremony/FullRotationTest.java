// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.barrier.FullKeyrings;
import io.coffer.core.keyring.Keyring;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.storage.Scope;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A scope whose keyring holds no further term keeps its own, and keeps no other from a new one.
class FullRotationTest {
    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    @Test
    void allOthersAreRotatedAndTheFirstOfThoseThatAreFullIsNamed() {
        FullKeyrings.put(vault, Scope.IDENTITY);
        FullKeyrings.put(vault, Scope.LEASES);
        Response answer = vault.write("sys/rotate", "{\"rewrap\":true}");
        assertFull(answer, Scope.IDENTITY);
        Map<String, Integer> terms = RotationTest.terms(vault.vault());
        assertThat(terms.remove("identity")).isEqualTo(Keyring.MAX_TERMS);
        assertThat(terms.remove("leases")).isEqualTo(Keyring.MAX_TERMS);
        assertThat(terms.values()).hasSizeGreaterThan(4).containsOnly(2);
        assertThat(((Response.Invalid) answer).errors().getFirst())
                .endsWith("and " + terms.size() + " other scopes have new ones");
        assertThat(TestVault.text(vault.read("sys/key-status"))).doesNotContain("unfinished");
        assertThat(vault.look(Rewrap::read)).isPresent();
    }

    @Test
    void aloneItIsRefused() {
        FullKeyrings.put(vault, Scope.LEASES);
        assertFull(vault.write("sys/rotate", "{\"scope\":\"leases\"}"), Scope.LEASES);
    }

    private static void assertFull(Response answer, Scope scope) {
        assertThat(answer).isInstanceOfSatisfying(Response.Invalid.class, refused -> assertThat(refused.errors())
                .singleElement()
                .asString()
                .contains("scope " + scope + " has " + Keyring.MAX_TERMS + " terms"));
    }
}
