// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CidrTest {
    private static boolean in(String block, String address) {
        return Cidr.parse(block).orElseThrow().contains(address);
    }

    @Test
    void anAddressIsInTheBlocksThatShareItsFirstBits() {
        Random dice = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            int address = dice.nextInt();
            int other = dice.nextInt(4) == 0 ? dice.nextInt() : address ^ 1 << dice.nextInt(32);
            int bits = dice.nextInt(33);
            int mask = bits == 0 ? 0 : -1 << 32 - bits;
            assertThat(in(dotted(address) + "/" + bits, dotted(other)))
                    .as("%s/%s %s", dotted(address), bits, dotted(other))
                    .isEqualTo(((address ^ other) & mask) == 0);
        }
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Test
    void ipv6IsReadInEachOfItsForms() {
        for (String same : List.of(
                "2001:db8::1",
                "2001:DB8:0:0:0:0:0:1",
                "2001:db8:0::0:1",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:db8::0.0.0.1")) {
            assertThat(in("2001:db8::1", same)).as(same).isTrue();
            assertThat(in(same + "/128", "2001:db8::1")).as(same).isTrue();
        }
        assertThat(in("2001:db8::/32", "2001:db8:ffff::")).isTrue();
        assertThat(in("2001:db8::/33", "2001:db8:8000::")).isFalse();
        assertThat(in("::/0", "fe80::1")).isTrue();
        assertThat(in("fe80::/10", "febf::1")).isTrue();
        assertThat(in("fe80::/10", "fec0::1")).isFalse();
        assertThat(in("::1", "::")).isFalse();
    }

    @Test
    void ipv4IsTheSameInsideOfIpv6() {
        assertThat(in("10.0.0.0/8", "::ffff:10.1.2.3")).isTrue();
        assertThat(in("::ffff:10.0.0.0/104", "10.1.2.3")).isTrue();
        assertThat(in("10.0.0.0/8", "::10.1.2.3")).isFalse();
        assertThat(in("0.0.0.0/0", "::1")).isFalse();
    }

    @Test
    void whatIsNoBlockIsRefused() {
        for (String bad : List.of(
                "",
                "/",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.256",
                "10.0.0.01",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "a.b.c.d",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                "::1%eth0",
                "fe80::1/129",
                "::/",
                "1:2:3:4:5:6:7::8",
                "localhost",
                "10.0.0.1 ",
                "١.1.1.1",
                "::ffff:1.2.3",
                "1.2.3.4:",
                "0x0a.0.0.1",
                ":1::")) {
            assertThat(Cidr.parse(bad)).as(bad).isEmpty();
        }
        assertThat(in("0.0.0.0/0", "")).isFalse();
        assertThat(in("0.0.0.0/0", "nonsense")).isFalse();
    }

    @Test
    void aBlockHoldsSmallerOnesOnly() {
        Cidr ten = Cidr.parse("10.0.0.0/8").orElseThrow();
        assertThat(ten.contains(Cidr.parse("10.1.0.0/16").orElseThrow())).isTrue();
        assertThat(ten.contains(ten)).isTrue();
        assertThat(ten.contains(Cidr.parse("10.0.0.0/7").orElseThrow())).isFalse();
        assertThat(ten.contains(Cidr.parse("11.0.0.0/16").orElseThrow())).isFalse();
    }
}
