// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A directory to put configuration files into, and ways to load them.
record ConfigFolder(Path path) {
    static final String BASE = """
            listener "tcp" {
              address = "127.0.0.1:8200"
              tls_disable = true
            }
            storage "rocksdb" {
              path = "/var/lib/coffer"
            }
            disable_mlock = true
            """;

    /// Where what is appended to {@link #BASE} begins.
    static final int AFTER_BASE = 9;

    Path file(String name, String content) {
        try {
            return Files.writeString(path.resolve(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Loaded load(String content) {
        return load(Map.of(), LogFlags.NONE, file("coffer.hcl", content));
    }

    static Loaded load(Map<String, String> environment, LogFlags flags, Path... paths) {
        return new ConfigLoader(environment, flags).load(List.of(paths));
    }

    ServerConfig config(String content) {
        return load(content).config();
    }

    /// A listener with more in it.
    ListenerConfig.Tcp listener(String more) {
        ServerConfig config = config(BASE.replace("tls_disable = true", "tls_disable = true\n" + more));
        return (ListenerConfig.Tcp) config.listeners().getFirst();
    }

    ConfigException refusal(String content) {
        Path file = file("coffer.hcl", content);
        ConfigException refusal =
                catchThrowableOfType(ConfigException.class, () -> load(Map.of(), LogFlags.NONE, file));
        assertThat(refusal).as(content).isNotNull();
        assertThat(refusal.getMessage()).startsWith(file.toString()).doesNotContain("\n");
        return refusal;
    }

    /// The message without the file's name: `12: …`.
    String refused(String content) {
        return refusal(content)
                .getMessage()
                .substring(path.resolve("coffer.hcl").toString().length() + 1);
    }
}
