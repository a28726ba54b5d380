// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentParserTest {
    private static final Flag FORCE = Flag.on("force", "").or("f");
    private static final Flag FORMAT = Flag.text("format", "X", "");
    private static final Flag COUNT = Flag.number("count", "N", "");
    private static final Flag HEADER = Flag.list("header", "X", "");

    private static Arguments parse(String... line) {
        return new ArgumentParser(List.of(FORCE, FORMAT, COUNT, HEADER)).parse(List.of(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-format=json", "--format=json", "-format json", "--format json"})
    void aValueStandsAfterTheSignOrIsTheNextWord(String line) {
        assertThat(parse(line.split(" ", -1)).text(FORMAT)).contains("json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-force", "--force", "-f", "-force=true", "-force=1", "-force=T"})
    void aSwitchIsOn(String argument) {
        Arguments arguments = parse(argument, "true");
        assertThat(arguments.on(FORCE)).isTrue();
        assertThat(arguments.words()).as("a switch takes no word").containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-force=false", "-force=0", "--f=F"})
    void aSwitchIsOffAndYetGiven(String argument) {
        assertThat(parse(argument).on(FORCE)).isFalse();
        assertThat(parse(argument).given(FORCE)).isTrue();
        assertThat(parse().given(FORCE)).isFalse();
    }

    @Test
    void theLastValueWinsAndAListKeepsAll() {
        Arguments arguments = parse("-format=a", "-header=x", "-format=b", "-header", "y=z");
        assertThat(arguments.text(FORMAT)).contains("b");
        assertThat(arguments.list(HEADER)).containsExactly("x", "y=z");
    }

    @Test
    void flagsMayStandBetweenWordsAndEndAtTwoDashes() {
        Arguments arguments = parse("a", "-force", "-", "b=-c", "--", "-format", "--");
        assertThat(arguments.words()).containsExactly("a", "-", "b=-c", "-format", "--");
        assertThat(arguments.on(FORCE)).isTrue();
    }

    @Test
    void aValueMayStartWithADashOrBeEmpty() {
        assertThat(parse("-format", "-x").text(FORMAT)).contains("-x");
        assertThat(parse("-format=").text(FORMAT)).contains("");
        assertThat(parse("-format", "").text(FORMAT)).contains("");
        assertThat(parse("").words()).containsExactly("");
    }

    @Test
    void aNumberIsWholeAndNotNegative() {
        assertThat(parse("-count=007").number(COUNT)).hasValue(7);
        assertThat(parse().number(COUNT)).isEmpty();
        for (String bad : List.of("", "-1", "+1", "1.0", "x", "9".repeat(19), "٣")) {
            assertThatThrownBy(() -> parse("-count=" + bad)).as(bad).isInstanceOf(Failure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-other", "---force", "-force=maybe", "-format", "-forc", "-FORCE", "-=x", "-other=s3cret"})
    void whatIsNoFlagIsRefusedWithoutItsValue(String argument) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(Failure.class)
                .hasMessageNotContaining("s3cret")
                .hasMessageNotContaining("maybe");
    }

    @Test
    void everyCommandsFlagsHaveNamesOfTheirOwn() {
        for (String name : CatalogueTest.names()) {
            Catalogue.command(name)
                    .ifPresent(command -> new ArgumentParser(command.shape().allFlags()));
        }
    }
}
