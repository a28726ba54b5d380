// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.vault.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program that knows docs/format.md and none of our code opens what the code writes. Runs where there is
/// a Python with the package `cryptography`.
class DecryptExampleTest {
    private static final Path SCRIPT = Path.of("../scripts/decrypt-example");
    private static final Path GOLDEN = Path.of("src/test/resources/format/example.jsonl");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path temporary;

    private record Ran(int status, String out, String err) {}

    @BeforeEach
    void needsPython() throws Exception {
        assumeTrue(canRun(), "no python3 with the package cryptography");
    }

    @Test
    void theExampleOfThePageOpens() throws Exception {
        List<String> shares = Files.readAllLines(GOLDEN.resolveSibling("example-shares.txt"));
        Ran ran = run(GOLDEN, shares.subList(1, 4), "secret/");

        assertThat(ran)
                .isEqualTo(new Ran(
                        0,
                        "{\"scope\": \"" + ExampleStore.UUID
                                + "\", \"mount\": \"secret/\", \"path\": \"data/app/1\", \"value\": "
                                + ExampleStore.PLAINTEXT + "}\n",
                        ""));
    }

    @Test
    void whatTheCodeWritesTodayOpensAlsoAfterARotation() throws Exception {
        ExampleStore store = ExampleStore.create(7, 4, RANDOM);
        StorageKey later = new StorageKey(new Scope(ExampleStore.UUID), "data/later é/1");
        Vault vault = ExampleStore.vault(store.disk(), RANDOM);
        try (Secret unsealKey = ExampleStore.joined(store.shares().subList(3, 7))) {
            ExampleStore.unsealed(
                    vault,
                    unsealKey,
                    barrier -> barrier.govern(writer -> {
                        writer.rotate(Scope.KEYS, Instant.EPOCH);
                        writer.rotate(new Scope(ExampleStore.UUID), Instant.EPOCH);
                        writer.put(later, new Plaintext("{\"n\":1.50}".getBytes(StandardCharsets.UTF_8)));
                        return true;
                    }));
        }
        Ran ran = run(written(store), store.shares().subList(0, 4), ExampleStore.UUID);

        assertThat(ran.err).isEmpty();
        assertThat(ran.out.lines()).hasSize(2);
        assertThat(ran.out).contains("\"value\": " + ExampleStore.PLAINTEXT + "}", "\"value\": {\"n\":1.50}}");
    }

    @Test
    void aStoreWithASingleKeyOpensInBase64Too() throws Exception {
        ExampleStore store = ExampleStore.create(1, 1, RANDOM);
        byte[] key = HexFormat.of().parseHex(store.shares().getFirst());

        Ran ran = run(written(store), List.of(Base64.getEncoder().encodeToString(key)), "secret");
        assertThat(ran.out).as(ran.err).contains(ExampleStore.PLAINTEXT);
    }

    @Test
    void foreignSharesTooFewAndBentRecordsAreRefusedWithoutAValue() throws Exception {
        ExampleStore store = ExampleStore.create(5, 3, RANDOM);
        ExampleStore other = ExampleStore.create(5, 3, RANDOM);
        Path export = written(store);
        List<String> mixed = new ArrayList<>(store.shares().subList(0, 2));
        mixed.add(other.shares().get(2));

        assertThat(run(export, mixed))
                .isEqualTo(
                        new Ran(1, "", "decrypt-example: share 3 is not a share of this store and its generation 1\n"));
        List<String> twice = List.of(
                store.shares().get(0), store.shares().get(1), store.shares().get(0));
        assertThat(run(export, twice))
                .isEqualTo(new Ran(1, "", "decrypt-example: 2 different shares were given and 3 are needed\n"));
        Ran bent = run(bent(store), store.shares());
        assertThat(bent.status).isEqualTo(1);
        assertThat(bent.out).doesNotContain("correct horse");
        assertThat(bent.err).contains(ExampleStore.UUID + ":data/app/1 does not open");
    }

    /// The export with one bit of the secret's tag changed.
    private Path bent(ExampleStore store) throws IOException {
        String name = Base64.getEncoder().encodeToString(ExampleStore.SECRET.encoded());
        StringBuilder lines = new StringBuilder();
        for (String line : store.export().lines().toList()) {
            int from = line.indexOf("\"value\":\"") + 9;
            byte[] value = Base64.getDecoder().decode(line.substring(from, line.length() - 2));
            if (line.contains(name)) {
                value[value.length - 1] ^= 1;
            }
            lines.append(line, 0, from)
                    .append(Base64.getEncoder().encodeToString(value))
                    .append("\"}\n");
        }
        return Files.writeString(temporary.resolve("bent.jsonl"), lines);
    }

    private Path written(ExampleStore store) throws IOException {
        return Files.writeString(temporary.resolve("store.jsonl"), store.export());
    }

    private static Ran run(Path export, List<String> shares, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "-B", SCRIPT.toString(), export.toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(String.join("\n", shares).getBytes(StandardCharsets.US_ASCII));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    private static boolean canRun() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import cryptography")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException noPython) {
            return false;
        }
    }
}
