// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.SecretClosedException;
import io.coffer.core.secret.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsTest {
    private static final class Marked implements Tools.Tool {
        private int erasures;

        @Override
        public void erase() {
            erasures++;
        }
    }

    private final List<Marked> made = new ArrayList<>();
    private final Tools<Marked> tools = new Tools<>(Secret.takeFrom(new byte[] {1, 2, 3}), bytes -> {
        assertThat(bytes).containsExactly(1, 2, 3);
        var tool = new Marked();
        made.add(tool);
        return tool;
    });

    @Test
    void aThreadFindsTheToolThatItLaidBack() {
        for (int i = 0; i < 100; i++) {
            tools.giveBack(tools.take());
        }
        assertThat(made).hasSize(1);
        tools.close();
    }

    @Test
    void noToolIsInTwoHandsAndNoMoreThanSixteenAreKept() {
        var taken = new HashSet<Marked>();
        for (int i = 0; i < 40; i++) {
            taken.add(tools.take());
        }
        assertThat(taken).hasSize(40);
        taken.forEach(tools::giveBack);
        assertThat(made.stream().filter(tool -> tool.erasures == 0)).hasSize(16);
        for (int i = 0; i < 16; i++) {
            tools.take();
        }
        assertThat(made).hasSize(40);
        tools.take();
        assertThat(made).hasSize(41);
        tools.close();
    }

    @Test
    void closingErasesWhatIsKeptAtOnceAndWhatIsInUseWhenItComesBack() {
        var kept = tools.take();
        var inUse = tools.take();
        tools.giveBack(kept);
        tools.close();
        assertThat(kept.erasures).isOne();
        assertThat(inUse.erasures).isZero();
        tools.giveBack(inUse);
        assertThat(inUse.erasures).isOne();
        tools.close();
        assertThat(made).allMatch(tool -> tool.erasures == 1);
        assertThatThrownBy(tools::take).isInstanceOf(SecretClosedException.class);
    }
}
