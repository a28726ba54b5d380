// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final byte[] BYTES = "correct horse battery staple 123".getBytes(StandardCharsets.US_ASCII);

    private static Secret secret() {
        return Secret.takeFrom(BYTES.clone());
    }

    @Test
    void whatIsTakenOverIsZeroedAtItsSource() {
        var source = BYTES.clone();
        try (var secret = Secret.takeFrom(source)) {
            assertThat(source).containsOnly(0);
            assertThat(secret.copy()).isEqualTo(BYTES);
            assertThat(secret.length()).isEqualTo(BYTES.length);
        }
    }

    @Test
    void whatIsRefusedIsZeroedAtItsSourceToo() {
        var tooLong = new byte[Secret.MAX_BYTES + 1];
        Arrays.fill(tooLong, (byte) 7);
        assertThatThrownBy(() -> Secret.takeFrom(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65536");
        assertThat(tooLong).containsOnly(0);
    }

    @Test
    void everyLengthUpToSomeSlotsComesBackWhole() {
        for (int length = 1; length <= 300; length++) {
            assertComesBack(length);
        }
        for (int power = 9; power <= 16; power++) {
            assertComesBack((1 << power) - 1);
            assertComesBack(1 << power);
        }
    }

    private static void assertComesBack(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + length | 1);
        }
        try (var secret = Secret.takeFrom(bytes.clone())) {
            assertThat(secret.copy()).as("%d bytes", length).isEqualTo(bytes);
        }
    }

    @Test
    void noneIsEmptyOrTooLong() {
        var random = new SecureRandom();
        for (int length : new int[] {-1, 0, Secret.MAX_BYTES + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Secret.random(length, random)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Secret.takeFrom(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void randomOnesDiffer() {
        var random = new SecureRandom();
        try (var one = Secret.random(32, random);
                var other = Secret.random(32, random)) {
            assertThat(one.sameAs(other)).isFalse();
            assertThat(one.sameAs(new byte[32])).isFalse();
        }
    }

    @Test
    void aCopyIsTheCallersOwn() {
        try (var secret = secret()) {
            Arrays.fill(secret.copy(), (byte) 0);
            assertThat(secret.copy()).isEqualTo(BYTES);
        }
    }

    @Test
    void whatIsLentIsZeroedAfterUse() {
        try (var secret = secret()) {
            var lent = secret.use(bytes -> {
                assertThat(bytes).isEqualTo(BYTES);
                return bytes;
            });
            assertThat(lent).containsOnly(0);
        }
    }

    @Test
    void whatIsLentIsZeroedWhenTheUserFails() {
        var lent = new ArrayList<byte[]>();
        try (var secret = secret()) {
            assertThatThrownBy(() -> secret.use(bytes -> {
                        lent.add(bytes);
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(lent.getFirst()).containsOnly(0);
    }

    @Test
    void afterClosingEveryUseIsRefused() {
        var closed = secret();
        closed.close();
        try (var open = secret()) {
            List<Consumer<Secret>> uses = List.of(
                    Secret::copy,
                    Secret::duplicate,
                    secret -> secret.use(bytes -> bytes.length),
                    secret -> secret.sameAs(BYTES),
                    secret -> secret.sameAs(open),
                    secret -> open.sameAs(secret),
                    secret -> secret.sameAs(secret));
            for (var use : uses) {
                assertThatThrownBy(() -> use.accept(closed)).isInstanceOf(SecretClosedException.class);
            }
            assertThat(open.copy()).isEqualTo(BYTES);
        }
    }

    @Test
    void closingTwiceDoesNotTakeTheBytesOfTheNext() {
        var first = secret();
        first.close();
        try (var second = secret()) {
            first.close();
            try (var third = Secret.takeFrom(new byte[] {1, 2, 3})) {
                assertThat(second.copy()).isEqualTo(BYTES);
                assertThat(third.copy()).containsExactly(1, 2, 3);
            }
        }
    }

    @Test
    void aDuplicateOutlivesItsOriginal() {
        var original = secret();
        try (var duplicate = original.duplicate()) {
            original.close();
            assertThat(duplicate.copy()).isEqualTo(BYTES);
        }
    }

    @Test
    void comparesEveryByteAndTheLength() {
        try (var secret = secret();
                var same = secret()) {
            assertThat(secret.sameAs(same)).isTrue();
            assertThat(secret.sameAs(BYTES)).isTrue();
            for (int i = 0; i < BYTES.length; i++) {
                var bent = BYTES.clone();
                bent[i] ^= 1;
                assertThat(secret.sameAs(bent)).as("byte %d", i).isFalse();
            }
            assertThat(secret.sameAs(Arrays.copyOf(BYTES, BYTES.length - 1))).isFalse();
            assertThat(secret.sameAs(Arrays.copyOf(BYTES, BYTES.length + 1))).isFalse();
            assertThat(secret.sameAs(new byte[0])).isFalse();
        }
    }

    @Test
    void isNeverEqualByContentAndNeverPrinted() {
        try (var secret = secret();
                var same = secret()) {
            assertThat(secret).isNotEqualTo(same);
            assertThat(secret).hasToString("Secret[32 bytes]");
        }
    }
}
