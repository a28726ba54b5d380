// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A closed loop of requests: each connection sends the next when the last one is answered.
interface Load {
    /// Answers a second. What is answered otherwise than 200 or 204 ends the measurement.
    double rate(int port, Requests requests, int connections, Duration time) throws IOException, InterruptedException;

    String name();

    /// The same over TLS.
    Load withTls(Certificate certificate);

    /// The generator wrk if it is installed, else ours.
    static Load choose(Path room) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path wrk = Path.of(folder, "wrk");
            if (Files.isExecutable(wrk)) {
                return new WrkLoad(wrk, room, false);
            }
        }
        return new NioLoad();
    }
}
