// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.server.config.ListenerConfig;
import io.coffer.server.config.RequestLimits;
import io.coffer.server.config.Traffic;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class UnixSocketTest {
    private static final String GET = "GET /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    Path folder;

    private Served served(String mode) throws IOException {
        return new Served(Served::describe, List.of(listener(mode, Optional.empty())), RequestLimits.DEFAULT);
    }

    private ListenerConfig listener(String mode, Optional<String> user) {
        return new ListenerConfig.Unix(
                folder.resolve("socket"),
                PosixFilePermissions.fromString(mode),
                user,
                Optional.empty(),
                Traffic.DEFAULT);
    }

    private int ask() throws IOException {
        try (Raw raw = Raw.unix(folder.resolve("socket"))) {
            raw.send(GET);
            return raw.answer().status();
        }
    }

    @Test
    void itAnswersWithTheModeThatWasAskedForAndIsGoneAfterwards() throws IOException {
        for (String mode : List.of("rw-------", "rw-rw----", "rw-rw-rw-", "-w--w----")) {
            try (Served served = served(mode)) {
                assertThat(served.port()).isNegative();
                assertThat(Files.getPosixFilePermissions(folder.resolve("socket")))
                        .isEqualTo(PosixFilePermissions.fromString(mode));
                for (int i = 0; i < 20; i++) {
                    assertThat(ask()).isEqualTo(200);
                }
            }
            assertThat(folder.resolve("socket")).doesNotExist();
        }
    }

    @Test
    void aSocketThatAKilledDaemonLeftIsReplaced() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
        }
        assertThat(folder.resolve("socket")).exists();
        try (Served served = served("rw-------")) {
            assertThat(ask()).isEqualTo(200);
            assertThat(served.admission.openConnections()).isBetween(0, 1);
        }
    }

    @Test
    void aSocketThatSomebodyListensOnIsLeftToHim() throws IOException {
        try (Served first = served("rw-------")) {
            assertThatThrownBy(() -> served("rw-------").close())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by another process");
            assertThat(ask()).isEqualTo(200);
            assertThat(first.counts.answers(2)).isEqualTo(1);
        }
    }

    @Test
    void anotherFileOfThatNameIsNeverRemoved() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        Files.createSymbolicLink(folder.resolve("socket"), file);
        assertThatThrownBy(() -> served("rw-------").close()).hasMessageContaining("is no socket");
        Files.delete(folder.resolve("socket"));
        Files.move(file, folder.resolve("socket"));
        assertThatThrownBy(() -> served("rw-------").close()).hasMessageContaining("is no socket");
        assertThat(folder.resolve("socket")).hasContent("precious");
    }

    @Test
    void anOwnerWhoDoesNotExistStopsTheStartAndLeavesNoSocketForOthers() {
        assertThatThrownBy(() -> new Served(
                                Served::describe,
                                List.of(listener("rw-rw-rw-", Optional.of("no-such-user-here"))),
                                RequestLimits.DEFAULT)
                        .close())
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("socket")).doesNotExist();
    }
}
