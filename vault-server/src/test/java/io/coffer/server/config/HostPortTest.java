// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {
    @Test
    void addressesAreReadInTheFormsOfTheField() {
        assertThat(HostPort.parse("127.0.0.1:8200")).isEqualTo(new HostPort("127.0.0.1", 8200));
        assertThat(HostPort.parse("127.0.0.1")).isEqualTo(new HostPort("127.0.0.1", 8200));
        assertThat(HostPort.parse(":8300")).isEqualTo(new HostPort("0.0.0.0", 8300));
        assertThat(HostPort.parse("[::1]:1")).isEqualTo(new HostPort("::1", 1));
        assertThat(HostPort.parse("[fe80::1]")).isEqualTo(new HostPort("fe80::1", 8200));
        assertThat(HostPort.parse("vault.example:0")).isEqualTo(new HostPort("vault.example", 0));
        assertThat(HostPort.parse("[::1]:1")).hasToString("[::1]:1");
        assertThat(HostPort.parse("a-b.c:65535")).hasToString("a-b.c:65535");
    }

    @Test
    void anythingElseIsRefused() {
        for (String text : List.of(
                "",
                ":",
                "x:",
                "x:y",
                "x:65536",
                "x:-1",
                "x:+1",
                "x:01",
                "x:1:2",
                "::1",
                "::1:8200",
                "[::1",
                "::1]",
                "[::1]8200",
                "[127.0.0.1]:1:2",
                "[x]:1",
                "[]:1",
                "[fe80::1%eth0]:1",
                "127.0.0.1:8200/",
                "http://x:1",
                "1.2.3:1",
                "127.1:1",
                "256.1.1.1:1",
                "1.2.3.4.5:1",
                "1.2.3.4.:1",
                "01.2.3.4:1",
                "a..b:1",
                "-a:1",
                "a-:1",
                "a_b:1",
                "a b:1",
                "{{ GetPrivateIP }}:1",
                "é:1",
                "a".repeat(254) + ":1",
                "127.0.0.1\n:1")) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> HostPort.parse(text));
        }
    }

    @Test
    void loopbackIsWhatOnlyThisMachineReaches() {
        for (String local : List.of(
                "127.0.0.1",
                "127.255.0.9",
                "[::1]",
                "localhost",
                "LOCALHOST",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]")) {
            assertThat(HostPort.parse(local + ":1").isLoopback()).as(local).isTrue();
        }
        for (String reachable : List.of(
                "0.0.0.0", "[::]", "10.0.0.1", "128.0.0.1", "localhost.example", "127.0.0.1.example", "[::2]", "")) {
            assertThat(HostPort.parse(reachable + ":1").isLoopback())
                    .as(reachable)
                    .isFalse();
        }
    }
}
