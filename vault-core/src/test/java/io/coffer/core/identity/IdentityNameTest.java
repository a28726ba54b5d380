// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityNameTest {
    @Test
    void spellingsThatFoldToOneAreOne() {
        assertThat(IdentityName.of("ÄRZTE"))
                .isEqualTo(IdentityName.of("a\u0308rzte"))
                .isPresent();
        assertThat(IdentityName.of("BOB@Example.org").orElseThrow().text()).isEqualTo("bob@example.org");
    }

    @Test
    void foldingOnceIsEnoughForEveryCharacterThatItChanges() {
        List<Integer> unstable = new ArrayList<>();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            if (isFolded(c) && !isStable("a" + Character.toString(c) + "\u0301b")) {
                unstable.add(c);
            }
        }
        assertThat(unstable).isEmpty();
    }

    private static boolean isFolded(int c) {
        return Character.isDefined(c)
                && (Character.toLowerCase(c) != c
                        || !Normalizer.isNormalized(Character.toString(c), Normalizer.Form.NFC));
    }

    private static boolean isStable(String written) {
        return IdentityName.of(written)
                .map(name -> IdentityName.of(name.text()).filter(name::equals).isPresent())
                .orElse(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u0000", "a\nb", "a\u2028b", "\ud800", "\u0085"})
    void whatCannotBeANameIsRefused(String written) {
        assertThat(IdentityName.of(written)).isEmpty();
        assertThat(IdentityName.refusal(written)).isNotEmpty();
    }

    @Test
    void aNameHasAtMost512Bytes() {
        assertThat(IdentityName.of("é".repeat(256))).isPresent();
        assertThat(IdentityName.of("é".repeat(256) + "e")).isEmpty();
    }

    @Test
    void aNameInAPathHoldsNoSlash() {
        assertThat(IdentityName.segment("a/b")).isEmpty();
        assertThat(IdentityName.of("a/b")).isPresent();
    }

    @Test
    void onlyTheCanonicalFormIsAName() {
        assertThatThrownBy(() -> new IdentityName("Bob")).isInstanceOf(IllegalArgumentException.class);
    }
}
