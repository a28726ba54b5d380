// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One text has one name, whoever asks and however often.
class PolicyNameTest {
    @ParameterizedTest
    @CsvSource({"Mixed,mixed", "ROOT,root", "rOoT,root", "team/Dev,team/dev", "a.b:[c],a.b:[c]", "ÉTÉ,été"})
    void aNameIsInLowerCase(String text, String name) {
        assertThat(PolicyName.of(text).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " root",
                "root ",
                "root\u00a0",
                "\u2003root",
                "root\t",
                "ro\u200bot",
                "root\u0000",
                "\uff52\uff4f\uff4f\uff54",
                "\uff32\uff2f\uff2f\uff34",
                "\ud835\udc2b\ud835\udc28\ud835\udc28\ud835\udc2d",
                "r\u043e\u043et",
                "R\u041eOT",
                "r\u03bf\u0585t",
                "root\u0301",
                "root\ufe0f",
                "r\u00f6\u00f5t",
                "/root",
                "root/",
                "a//b",
                "..",
                "a/../b",
                "\ud800"
            })
    void whatIsNoNameIsRefusedAndNotRepaired(String text) {
        assertThat(PolicyName.refusal(text)).isNotEmpty();
        assertThatThrownBy(() -> PolicyName.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noCharacterMakesANameThatChangesWhenItIsTakenAgain() {
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            String text = "r" + Character.toString(c) + "ot";
            if (PolicyName.refusal(text).isEmpty()) {
                PolicyName once = PolicyName.of(text);
                assertThat(PolicyName.of(once.value())).as("U+%04X", c).isEqualTo(once);
                assertThat(once.isRoot()).as("U+%04X", c).isEqualTo(c == 'o' || c == 'O');
            }
        }
    }

    @Test
    void theCaseOfTheMachinesLanguageMakesNoDifference() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(PolicyName.of("ADMIN").value()).isEqualTo("admin");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aNameIsBounded() {
        assertThat(PolicyName.refusal("x".repeat(PolicyName.LONGEST))).isEmpty();
        assertThat(PolicyName.refusal("x".repeat(PolicyName.LONGEST + 1))).isNotEmpty();
        assertThat(PolicyName.refusal("é".repeat(PolicyName.LONGEST / 2 + 1))).isNotEmpty();
    }
}
