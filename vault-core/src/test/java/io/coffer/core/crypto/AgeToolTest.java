// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What we encrypt is read by the tool that share holders use, with keys that their tools made.
class AgeToolTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void theToolsAreInstalled() {
        for (String tool : new String[] {"age", "age-keygen", "ssh-keygen"}) {
            assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(place -> Files.isExecutable(Path.of(place, tool))),
                    tool + " is not installed");
        }
    }

    @Test
    void ageReadsWhatWasEncryptedToItsOwnKey() throws Exception {
        Path identity = folder.resolve("identity");
        run("age-keygen", "-o", identity.toString());
        String recipient = run("age-keygen", "-y", identity.toString()).strip();
        check(recipient, identity);
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "rsa,2048", "rsa,3072", "rsa,4096"})
    void ageReadsWhatWasEncryptedToAKeyOfSsh(String kind, String bits) throws Exception {
        Path identity = folder.resolve("id");
        run("ssh-keygen", "-q", "-t", kind, "-b", bits, "-N", "", "-C", "some holder", "-f", identity.toString());
        String line = Files.readString(folder.resolve("id.pub")).strip();
        check(line, identity);
        assertThat(run("ssh-keygen", "-l", "-f", identity.toString()))
                .contains(" " + ShareRecipient.parse(line, Instant.EPOCH).fingerprint() + " ");
    }

    private void check(String key, Path identity) throws Exception {
        ShareRecipient recipient = ShareRecipient.parse(key, Instant.EPOCH);
        assertThat(recipient.kind()).isEqualTo("age");
        for (int length : new int[] {0, 1, 66, 65_536, 65_537, 200_000}) {
            byte[] plain = new byte[length];
            new Random(length).nextBytes(plain);
            Path file = Files.write(folder.resolve("file.age"), recipient.encrypt(plain, new SecureRandom()));
            run("age", "-d", "-i", identity.toString(), file.toString());
            assertThat(folder.resolve("out")).hasBinaryContent(plain);
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(err)
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err.toPath())).isZero();
        return Files.readString(out.toPath(), StandardCharsets.ISO_8859_1);
    }
}
