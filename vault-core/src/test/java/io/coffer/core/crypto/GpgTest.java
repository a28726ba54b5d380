// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we encrypt is read by the tool that share holders use.
class GpgTest {
    @TempDir
    private Path directory;

    private Path home;

    @BeforeEach
    void gpgIsInstalled() throws IOException {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gpg"))),
                "gpg is not installed");
        home = Files.createDirectory(
                directory.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @AfterEach
    void stopItsAgent() throws Exception {
        if (home != null) {
            run("gpgconf", "--homedir", home.toString(), "--kill", "all");
        }
    }

    @Test
    void gpgReadsWhatWasEncryptedToEachOfItsKeys() throws Exception {
        var random = new SecureRandom();
        for (var name : PgpKeys.VALID) {
            var share = ("share of " + name).getBytes(StandardCharsets.UTF_8);
            var key = Files.write(directory.resolve(name + ".sec"), PgpKeys.privateKey(name));
            gpg("--import", key.toString());
            var message = Files.write(
                    directory.resolve(name + ".pgp"),
                    PgpRecipient.parse(PgpKeys.publicKey(name), PgpKeys.NOW).encrypt(share, random));
            var opened = directory.resolve(name + ".txt");
            gpg("--output", opened.toString(), "--decrypt", message.toString());
            assertThat(opened).hasBinaryContent(share);
        }
    }

    private void gpg(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("gpg", "--homedir", home.toString(), "--batch", "--no-tty", "--quiet"));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws Exception {
        var log = directory.resolve("log").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(() -> text(log)).isZero();
    }

    private static String text(File log) {
        try {
            return Files.readString(log.toPath());
        } catch (IOException unreadable) {
            return unreadable.getMessage();
        }
    }
}
