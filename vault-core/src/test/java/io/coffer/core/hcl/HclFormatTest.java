// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HclFormatTest {
    private static final String UNTIDY = """


            # for the team
            path "secret/*"{
            capabilities=["read","list" ]   // both


                required_parameters =[ "ttl" ]
              comment= <<EOF
              as it   is
            EOF
                  allowed_parameters={
              "ttl"=[ "1h" ],
            "policies" = []
            }

            }
            /* kept
                as it is */
            path "b" {}
            path "c" { policy="read" }
            """;

    @Test
    void aTextIsWrittenAsEverybodyWritesIt() {
        assertThat(formatted(UNTIDY)).isEqualTo("""
                # for the team
                path "secret/*" {
                  capabilities = ["read", "list"] // both

                  required_parameters = ["ttl"]
                  comment = <<EOF
                  as it   is
                EOF
                  allowed_parameters = {
                    "ttl"      = ["1h"],
                    "policies" = []
                  }
                }
                /* kept
                    as it is */
                path "b" {}
                path "c" { policy = "read" }
                """);
    }

    @Test
    void theSignsOfLinesThatFollowEachOtherStandBelowOneAnother() {
        assertThat(formatted("a=1\nlonger=2\n\nz=3\nb {\n  x=1\n  xyz=2\n}\n"))
                .isEqualTo("a      = 1\nlonger = 2\n\nz = 3\nb {\n  x   = 1\n  xyz = 2\n}\n");
    }

    @Test
    void endsOfLinesOfAnotherSystemBecomeOurs() {
        assertThat(formatted("a = 1\r\n# b\r\n")).isEqualTo("a = 1\n# b\n");
        assertThat(formatted("")).isEmpty();
        assertThat(formatted("# no end")).isEqualTo("# no end\n");
    }

    @Test
    void everySampleSaysTheSameAfterwards() {
        for (String sample : Samples.ALL) {
            if (!sample.stripLeading().startsWith("{")) {
                String formatted = formatted(sample);
                assertThat(formatted(formatted)).isEqualTo(formatted);
            }
        }
    }

    @Test
    void whatIsNoHclIsRefused() {
        assertThatThrownBy(() -> formatted("path \"a\" {")).isInstanceOf(HclException.class);
        assertThatThrownBy(() -> formatted("{\"path\": {}}")).hasMessageContaining("this is JSON");
    }

    private static String formatted(String text) {
        return HclFormat.format(text, HclLimits.DEFAULT);
    }
}
