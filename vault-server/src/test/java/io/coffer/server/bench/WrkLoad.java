// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The generator of others, with one thread. The token stands in a file and not in its arguments.
record WrkLoad(Path program, Path room, boolean tls) implements Load {
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    @Override
    public String name() {
        return "wrk, one thread";
    }

    @Override
    public Load withTls(Certificate certificate) {
        return new WrkLoad(program, room, true);
    }

    @Override
    public double rate(int port, Requests requests, int connections, Duration time)
            throws IOException, InterruptedException {
        Path script = room.resolve("requests.lua");
        Files.writeString(script, requests.lua());
        String url = (tls ? "https" : "http") + "://127.0.0.1:" + port;
        Process wrk = new ProcessBuilder(List.of(
                        program.toString(),
                        "-t1",
                        "-c" + connections,
                        "-d" + Math.max(1, time.toSeconds()) + "s",
                        "-s" + script,
                        url))
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (wrk.waitFor() != 0 || output.contains("Non-2xx") || !rate.find()) {
            throw new IOException(output);
        }
        return Double.parseDouble(rate.group(1));
    }
}
