// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.shamir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShamirVectorsTest {
    @Test
    void thereAreThirtyCases() throws IOException {
        var cases = ShamirVectors.load().cases();
        assertThat(cases).hasSize(30);
        assertThat(cases.stream().filter(ShamirVectors.Case::valid)).hasSize(22);
    }

    @TestFactory
    Stream<DynamicTest> everySplitGivesTheKnownShares() throws IOException {
        return valid().map(vector -> dynamicTest("case " + vector.id(), () -> {
            var shares = Shamir.split(vector.bytes("secret"), vector.indexes(), vector.bytes("coefficients"));
            assertThat(shares.stream().map(ShamirVectorsTest::hex)).containsExactlyElementsOf(vector.shares());
            shares.forEach(Share::close);
        }));
    }

    @TestFactory
    Stream<DynamicTest> everySubsetGivesTheSecretInAnyOrder() throws IOException {
        return valid().map(vector -> dynamicTest("case " + vector.id(), () -> {
            for (var subset : vector.subsets()) {
                var shares =
                        Arrays.stream(subset).mapToObj(i -> share(vector, i)).toList();
                assertThat(shares).hasSize(vector.threshold());
                assertJoined(shares, vector.bytes("secret"));
                assertJoined(shares.reversed(), vector.bytes("secret"));
                shares.forEach(Share::close);
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyMalformedSetIsRefused() throws IOException {
        return ShamirVectors.load().cases().stream()
                .filter(vector -> !vector.valid())
                .map(vector -> dynamicTest(
                        vector.refusal(), () -> assertThatThrownBy(() -> Shamir.join(vector.shares().stream()
                                        .map(hex -> Share.of(HexFormat.of().parseHex(hex)))
                                        .toList()))
                                .isInstanceOf(IllegalArgumentException.class)));
    }

    private static Stream<ShamirVectors.Case> valid() throws IOException {
        return ShamirVectors.load().cases().stream().filter(ShamirVectors.Case::valid);
    }

    private static Share share(ShamirVectors.Case vector, int i) {
        return Share.of(HexFormat.of().parseHex(vector.shares().get(i)));
    }

    private static String hex(Share share) {
        return HexFormat.of().formatHex(share.bytes());
    }

    private static void assertJoined(List<Share> shares, byte[] secret) {
        try (var joined = Shamir.join(shares)) {
            assertThat(joined.copy()).isEqualTo(secret);
        }
    }
}
