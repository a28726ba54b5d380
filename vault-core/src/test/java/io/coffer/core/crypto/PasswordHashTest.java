// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.DeadlineExceededException;
import io.coffer.core.Slow;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final Slow LEAVE = () -> Duration.ofMinutes(1);

    private final SecureRandom random = new SecureRandom();

    private static Secret secret(String text) {
        return Secret.takeFrom(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void onlyThePasswordFits() {
        PasswordHash hash = PasswordHash.of(secret("correct horse"), random, LEAVE);
        assertThat(hash.matches(secret("correct horse"), LEAVE)).isTrue();
        for (String other : List.of("correct horsf", "correct hors", "correct horse ", "Correct horse", "x")) {
            assertThat(hash.matches(secret(other), LEAVE)).as(other).isFalse();
        }
        String longer = "a".repeat(100);
        PasswordHash ofLonger = PasswordHash.of(secret(longer), random, LEAVE);
        assertThat(ofLonger.matches(secret(longer + "b"), LEAVE)).isFalse();
        assertThat(ofLonger.matches(secret(longer), LEAVE)).isTrue();
    }

    @Test
    void itsTextNamesItsParametersAndHoldsASaltOfItsOwn() {
        PasswordHash one = PasswordHash.of(secret("pw"), random, LEAVE);
        PasswordHash two = PasswordHash.of(secret("pw"), random, LEAVE);
        assertThat(one.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("pw$");
        assertThat(one.text()).isNotEqualTo(two.text());
        assertThat(one.sameAs(two)).isFalse();
        assertThat(PasswordHash.parse(one.text()).orElseThrow().matches(secret("pw"), LEAVE))
                .isTrue();
        assertThat(one.toString()).isEqualTo("PasswordHash");
    }

    /// From the tests of the reference implementation.
    @Test
    void aHashIsCheckedUnderItsOwnParameters() {
        PasswordHash known = PasswordHash.parse(
                        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
                .orElseThrow();
        assertThat(known.matches(secret("password"), LEAVE)).isTrue();
        assertThat(known.matches(secret("passwore"), LEAVE)).isFalse();
    }

    @Test
    void aHashOfBcryptIsTakenAsItIs() {
        byte[] salt = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        for (String version : List.of("2a", "2b", "2y")) {
            String text = OpenBSDBCrypt.generate(version, "pw".getBytes(StandardCharsets.US_ASCII), salt, 5);
            PasswordHash hash = PasswordHash.parse(text).orElseThrow();
            assertThat(hash.isBcrypt()).isTrue();
            assertThat(hash.matches(secret("pw"), LEAVE)).isTrue();
            assertThat(hash.matches(secret("pv"), LEAVE)).isFalse();
        }
        String longest = "b".repeat(72);
        String text = OpenBSDBCrypt.generate("2b", longest.getBytes(StandardCharsets.US_ASCII), salt, 5);
        PasswordHash hash = PasswordHash.parse(text).orElseThrow();
        assertThat(hash.matches(secret(longest), LEAVE)).isTrue();
        assertThat(hash.matches(secret(longest + "c"), LEAVE)).isFalse();
    }

    @Test
    void whatIsInNoFormOrCostsTooMuchIsNoHash() {
        String bcrypt = "./A" + "a".repeat(50);
        for (String text : List.of(
                "",
                "pw",
                "$2b$13$" + bcrypt,
                "$2b$04$" + bcrypt,
                "$2x$05$" + bcrypt,
                "$argon2i$v=19$m=1,t=1,p=1$a$b")) {
            assertThat(PasswordHash.parse(text)).as(text).isEmpty();
        }
        assertThat(PasswordHash.parse("$2b$12$" + bcrypt)).isPresent();
    }

    @Test
    void whoIsNotThereCostsTheSameWork() {
        AtomicInteger work = new AtomicInteger();
        Slow counted = () -> Duration.ofSeconds(work.incrementAndGet());
        PasswordHash hash = PasswordHash.of(secret("pw"), random, LEAVE);
        hash.matches(secret("pw"), counted);
        assertThat(work).hasValue(1);
        hash.matches(secret("wrong"), counted);
        assertThat(work).hasValue(2);
        PasswordHash.pretend(secret("wrong"), counted);
        assertThat(work).hasValue(3);
    }

    @Test
    void nothingIsHashedForWhomNoTimeIsLeft() {
        Slow late = () -> {
            throw new DeadlineExceededException();
        };
        assertThatThrownBy(() -> PasswordHash.of(secret("pw"), random, late))
                .isInstanceOf(DeadlineExceededException.class);
    }
}
