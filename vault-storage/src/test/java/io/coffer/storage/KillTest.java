// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.util.Environment;

/// A process is killed while it writes, again and again on the same store. More often: {@code -Dcoffer.kills=200}.
class KillTest {
    private static final int KILLS = Integer.getInteger("coffer.kills", 4);

    @TempDir
    Path parent;

    @Test
    void noAcknowledgedWriteIsLostAndNoneIsHalfThere() throws Exception {
        Random random = new Random();
        long[] acknowledged = new long[KilledWriter.COUNTERS];
        Path temporary = Files.createDirectory(parent.resolve("tmp"));
        Path library = library();
        for (int kill = 0; kill < KILLS; kill++) {
            writeUntilKilled(acknowledged, random.nextInt(3_000), temporary, library);
            check(acknowledged);
            assertThat(DataFiles.all(temporary)).as("left by the killed").containsExactly(temporary);
        }
        assertThat(acknowledged[0]).isPositive();
    }

    /// @param lines after how many acknowledgements it is killed
    private void writeUntilKilled(long[] acknowledged, int lines, Path temporary, Path library) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Djava.library.path=" + library.getParent(),
                        "-D" + NativeLibrary.PROPERTY + "=" + library,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        data().toString()))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(nextLine(output)).isEqualTo("open");
            for (int i = 0; i < lines; i++) {
                note(nextLine(output), acknowledged);
            }
            process.toHandle().destroyForcibly(); // so its output can still be read
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("\\d+ \\d+")) { // the last may be cut
                    note(line, acknowledged);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /// What the JVM says about itself is passed over.
    private static String nextLine(BufferedReader output) throws IOException {
        String line = output.readLine();
        while (line != null && line.startsWith("WARNING")) {
            line = output.readLine();
        }
        return String.valueOf(line);
    }

    private static void note(String line, long[] acknowledged) {
        String[] words = line.split(" ");
        assertThat(words).as(line).hasSize(2);
        acknowledged[Integer.parseInt(words[0])] = Long.parseLong(words[1]);
    }

    private void check(long[] acknowledged) {
        try (Disk disk = RocksDbDisk.open(data());
                Committer storage = new Committer(disk, Runnable::run, Observer.none(), Time.system())) {
            storage.read(reader -> {
                for (int i = 0; i < acknowledged.length; i++) {
                    long found = KilledWriter.count(reader, i);
                    // at most 32 are in flight, so no counter is further ahead than that
                    assertThat(found).as("counter %d", i).isBetween(acknowledged[i], acknowledged[i] + 32);
                    assertThat(KilledWriter.twin(reader, i)).as("twin %d", i).isEqualTo(found);
                }
                return 0;
            });
            Tally tally = storage.census(KilledWriter.ROOT.scope()).getOrDefault(1, Tally.NONE);
            int values = storage.<Integer>read(reader -> reader.scan(Folder.of(KilledWriter.ROOT.scope()), "", 100)
                    .items()
                    .size());
            assertThat(tally.values()).isEqualTo(values);
            assertThat(tally.bytes()).isEqualTo(200L * values);
        }
    }

    private Path data() {
        return parent.resolve("data");
    }

    /// The library as a build unpacks it.
    private Path library() throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        Path file = Files.createDirectory(parent.resolve("native")).resolve(name);
        try (InputStream packed = KillTest.class.getResourceAsStream("/" + name)) {
            Files.copy(packed, file);
        }
        return file;
    }
}
