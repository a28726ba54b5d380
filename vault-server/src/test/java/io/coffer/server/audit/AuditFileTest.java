// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void resolve() throws IOException {
        directory = temporary.toRealPath();
    }

    @Test
    void theFileIsMadeForItsOwnerAlone() throws IOException {
        Path file = directory.resolve("audit.log");
        append(file, "one\n");
        append(file, "two\n");

        assertThat(file).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatOthersCanReadIsTakenFromThem() throws IOException {
        Path file = Files.writeString(directory.resolve("audit.log"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        append(file, "one\n");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aLinkInPlaceOfTheFileIsRefused() throws IOException {
        Path real = Files.writeString(directory.resolve("elsewhere"), "");
        Path link = Files.createSymbolicLink(directory.resolve("audit.log"), real);
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("not-there"));

        assertThatThrownBy(() -> append(link, "x")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> append(dangling, "x")).isInstanceOf(IOException.class);
        assertThat(real).isEmptyFile();
        assertThat(directory.resolve("not-there")).doesNotExist();
    }

    @Test
    void aLinkOnTheWayIsRefusedAndNamed() throws IOException {
        Path real = Files.createDirectories(directory.resolve("real/deep"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));

        assertThatThrownBy(() -> append(link.resolve("deep/audit.log"), "x"))
                .isInstanceOf(IOException.class)
                .hasMessage(link + " is a symbolic link; name the directory that it leads to");
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void aMissingDirectoryIsNamedAndNotMade() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> append(missing.resolve("audit.log"), "x"))
                .hasMessageContaining(missing + " is not there");
        assertThat(missing).doesNotExist();
    }

    @Test
    void whatIsNoRegularFileIsRefused() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        for (Path odd : new Path[] {folder, pipe, Path.of("/dev/null")}) {
            assertThatThrownBy(() -> append(odd, "x")).as(odd.toString()).hasMessageContaining("is no regular file");
        }
        assertThatThrownBy(() ->
                        append(Files.writeString(directory.resolve("f"), "").resolve("x"), "x"))
                .hasMessageContaining("is no directory");
    }

    @Test
    void aFileThatEndsInTheMiddleOfALineSaysSo() throws IOException {
        Path file = directory.resolve("audit.log");
        assertThat(midLine(file)).isFalse();
        Files.writeString(file, "whole\n");
        assertThat(midLine(file)).isFalse();
        Files.writeString(file, "whole\ncut");
        assertThat(midLine(file)).isTrue();
    }

    @Test
    void onlyCanonicalPathsAreTaken() {
        for (String path : new String[] {"relative", "/a/../b", "/a/./b", "/"}) {
            assertThatThrownBy(() -> new AuditFile(Path.of(path)))
                    .as(path)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static boolean midLine(Path file) throws IOException {
        Target.Opened opened = new AuditFile(file).open();
        opened.channel().close();
        return opened.midLine();
    }

    private static void append(Path file, String text) throws IOException {
        Target.Opened opened = new AuditFile(file).open();
        try (var channel = opened.channel()) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
