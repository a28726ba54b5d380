// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A process that is measured, with its output in a file.
final class Child implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([1-9][0-9]*)");
    private static final int START_MILLIS = 60_000;

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Nothing that the user has set for Coffer or for the JVM reaches it.
    static Child start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        Files.deleteIfExists(log);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(VAULT|BAO|COFFER)_.*|J(AVA_TOOL|DK_JAVA)_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Child(process, log);
    }

    /// The port that stands n-th in its output, from 0; waits for it.
    int port(int index) throws IOException, InterruptedException {
        for (int waited = 0; waited < START_MILLIS && process.isAlive(); waited++) {
            Matcher ports = PORT.matcher(Files.readString(log));
            int found = 0;
            while (ports.find()) {
                if (found++ == index) {
                    return Integer.parseInt(ports.group(1));
                }
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        throw new IOException("no port in its output: " + Files.readString(log));
    }

    /// What it has in memory now.
    double residentMebibytes() throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        Matcher line = Pattern.compile("VmRSS:\\s+([0-9]+) kB").matcher(status);
        return line.find() ? Double.parseDouble(line.group(1)) / 1024 : Double.NaN;
    }

    /// Kill -9.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
