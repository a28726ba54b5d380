// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.storage.Census;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Terms that are rotated by themselves.
class RotationJobTest {
    private final TestVault vault = TestVault.open();

    /// Adds to what the first term of a scope is said to have encrypted.
    private final Map<Scope, Tally> more =
            new TreeMap<>((one, other) -> one.name().compareTo(other.name()));

    private final RotationJob job = new RotationJob(pretended(), vault.time(), vault.events()::add);

    @AfterEach
    void close() {
        vault.close();
    }

    private Census pretended() {
        return scope -> {
            SortedMap<Integer, Tally> all = new TreeMap<>(vault.committer().census(scope));
            Optional.ofNullable(more.get(scope)).ifPresent(tally -> all.merge(1, tally, Tally::plus));
            return all;
        };
    }

    /// Looks at every scope once.
    private void look() {
        while (!vault.vault().unsealed(job::step).equals(Optional.of(RotationJob.EVERY))) {
            // the next page
        }
    }

    private int term(Scope scope) {
        return vault.look(reader -> reader.primary(scope).orElseThrow().term().value());
    }

    private String config(String query) {
        return TestVault.text(vault.read("sys/rotate/config" + query));
    }

    @Test
    void nothingRotatesUnlessItIsToldTo() {
        vault.time().pass(Duration.ofDays(3_650));
        look();
        assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(1);
        assertThat(config(""))
                .isEqualTo("{\"enabled\":true,\"max_operations\":3865470566,\"interval\":0,\"max_bytes\":0,"
                        + "\"auto_rewrap\":false}");
    }

    @Test
    void aTermThatIsOldEnoughIsReplacedAndItsValuesAreMoved() {
        assertThat(vault.write("sys/rotate/config", "{\"interval\":\"48h\",\"auto_rewrap\":true}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(config("")).contains("\"interval\":\"48h0m0s\"");
        vault.time().pass(Duration.ofHours(47));
        look();
        assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(1);
        vault.time().pass(Duration.ofHours(1));
        look();
        look();
        assertThat(RotationTest.terms(vault.vault()).values()).containsOnly(2);
        assertThat(vault.look(Rewrap::read).orElseThrow().isUnderWay()).isTrue();
        assertThat(vault.events()).contains(new Event.KeysRotated(1));
    }

    @Test
    void aKeyringThatDoesNotOpenIsToldAndKeepsNoOtherScopeFromItsRotation() {
        RotationTest.bendKeyring(vault, Scope.LEASES);
        vault.write("sys/rotate/config", "{\"interval\":\"24h\"}");
        vault.time().pass(Duration.ofDays(1));
        look();
        for (Scope scope : List.of(Scope.KEYS, Scope.AUDIT, Scope.SYSTEM, Scope.TOKENS)) {
            assertThat(term(scope)).as(scope.name()).isEqualTo(2);
        }
        assertThat(vault.events())
                .contains(new Event.JobFailed(
                        "rotation", "scope leases: the value of keys:leases does not open: it was changed or moved"));
    }

    @Test
    void oneScopeHasACryptoperiodOfItsOwn() {
        vault.write(
                "sys/rotate/config", "{\"scope\":\"tokens\",\"preset\":\"nist-high-volume\",\"auto_rewrap\":false}");
        vault.write("sys/rotate/config", "{\"preset\":\"nist-longest\"}");
        vault.time().pass(Duration.ofDays(7));
        look();
        assertThat(term(Scope.TOKENS)).isEqualTo(2);
        assertThat(term(Scope.SYSTEM)).isEqualTo(1);
        assertThat(vault.look(Rewrap::read)).isEmpty();
        vault.time().pass(Duration.ofDays(2 * 365));
        look();
        assertThat(term(Scope.SYSTEM)).isEqualTo(2);
    }

    @Test
    void valuesAndBytesCount() {
        vault.write("sys/rotate/config", "{\"max_operations\":1000000,\"max_bytes\":5000000}");
        more.put(Scope.SYSTEM, new Tally(0, 0, 1_000_000, 0));
        more.put(Scope.LEASES, new Tally(0, 0, 0, 5_000_000));
        more.put(Scope.TOKENS, new Tally(0, 0, 900_000, 4_900_000));
        look();
        assertThat(term(Scope.SYSTEM)).isEqualTo(2);
        assertThat(term(Scope.LEASES)).isEqualTo(2);
        assertThat(term(Scope.TOKENS)).isEqualTo(1);
        vault.write("sys/rotate/config", "{\"enabled\":false,\"scope\":\"tokens\"}");
        more.put(Scope.TOKENS, new Tally(0, 0, 2_000_000, 0));
        look();
        assertThat(term(Scope.TOKENS)).isEqualTo(1);
    }

    @Test
    void aBoundedAlgorithmIsRotatedBeforeItsBoundWhateverTheSettingsSay() {
        vault.write("sys/rotate", "{\"scope\":\"tokens\",\"algorithm\":\"aes256-gcm\"}");
        vault.write("sys/rotate/config", "{\"enabled\":false}");
        TermInfo second = vault.look(reader -> reader.primary(Scope.TOKENS)).orElseThrow();
        assertThat(second.algorithm().wireName()).isEqualTo("aes256-gcm");
        Census spent =
                scope -> new TreeMap<>(Map.of(1, Tally.NONE, 2, new Tally(0, 0, (1L << 31) - RotationJob.MARGIN, 0)));
        RotationJob other = new RotationJob(spent, vault.time(), vault.events()::add);
        while (!vault.vault().unsealed(other::step).equals(Optional.of(RotationJob.EVERY))) {
            // the next page
        }
        TermInfo third = vault.look(reader -> reader.primary(Scope.TOKENS)).orElseThrow();
        assertThat(third.term().value()).isEqualTo(3);
        assertThat(third.algorithm().wireName()).isEqualTo("aes256-gcm");
        assertThat(term(Scope.SYSTEM)).isEqualTo(1);
    }

    @Test
    void badSettingsAreRefusedInTheWordsOfTheField() {
        assertThat(vault.write("sys/rotate/config", "{\"max_operations\":999999}"))
                .isEqualTo(new Response.Invalid("max_operations must be in the range [1000000,3865470566]"));
        assertThat(vault.write("sys/rotate/keyring/config", "{\"interval\":\"23h\"}"))
                .isEqualTo(new Response.Invalid("interval must be greater or equal to 24h0m0s"));
        for (String body : new String[] {
            "{\"max_bytes\":-1}",
            "{\"preset\":\"never\"}",
            "{\"preset\":\"nist-yearly\",\"interval\":\"48h\"}",
            "{\"scope\":\"nobody\"}",
            "{\"scope\":\"../x\"}"
        }) {
            assertThat(vault.write("sys/rotate/config", body)).as(body).isInstanceOf(Response.Invalid.class);
        }
        assertThat(vault.delete("sys/rotate/config")).isInstanceOf(Response.Invalid.class);
        assertThat(((Json.Obj) ((Response.Ok) vault.read("sys/rotate/keyring/config")).data()).get("interval"))
                .isEqualTo(Json.of(0));
    }
}
