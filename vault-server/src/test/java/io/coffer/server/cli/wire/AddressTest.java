// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1:8200, https://127.0.0.1:8200, 127.0.0.1:8200, ''",
        "https://127.0.0.1:8200/, https://127.0.0.1:8200, 127.0.0.1:8200, ''",
        "http://vault.example, http://vault.example, vault.example, ''",
        "http://vault.example:80//, http://vault.example, vault.example, ''",
        "https://vault.example/a/b/, https://vault.example/a/b, vault.example, /a/b",
        "https://vault.example/a%20b, https://vault.example/a%20b, vault.example, /a%20b",
        "http://[::1]:8200/x, http://[::1]:8200/x, [::1]:8200, /x",
        "https://[fe80::1], https://[fe80::1], [fe80::1], ''",
        "unix:///run/coffer.sock, unix:///run/coffer.sock, localhost, ''",
    })
    void anAddressKeepsItsPrefixAndLosesItsLastSlash(String typed, String text, String host, String prefix) {
        Address address = Address.parse(typed);
        assertThat(address.text()).isEqualTo(text);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:8200",
                "ftp://host",
                "https://",
                "https://:8200",
                "https://host:",
                "https://host:0",
                "https://host:65536",
                "https://host:-1",
                "https://host:8200x",
                "https://user@host",
                "https://host?x=1",
                "https://host#x",
                "https://ho st",
                "https://host\r\nX: y",
                "https://::1:8200/[",
                "https://[::1",
                "https://x[::1]",
                "https://[::1]x:80",
                "unix://relative",
                "unix://",
                "https://a\\b",
            })
    void whatIsNoAddressIsRefused(String typed) {
        assertThatThrownBy(() -> Address.parse(typed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotStandInARequestLineIsEncoded() {
        assertThat(Address.parse("https://host/ä").prefix()).isEqualTo("/%C3%A4");
        assertThat(Target.encodePath("a b/ü?#%\"\u0000")).isEqualTo("a%20b/%C3%BC%3F%23%25%22%00");
        assertThat(Target.encodeQuery("a&b=c+d e")).isEqualTo("a%26b%3Dc%2Bd%20e");
    }
}
