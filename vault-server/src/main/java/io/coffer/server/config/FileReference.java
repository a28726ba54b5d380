// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A file that the configuration names, and where it does so. It is read when it is needed, and again when
/// it is to be reloaded; errors lead back to the line that named it.
///
/// @param place for messages: `coffer.hcl:12: tls_cert_file`
public record FileReference(Path path, String place) {
    /// More than any chain of certificates.
    public static final int MAX_BYTES = 1 << 20;

    public FileReference {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(place, "place");
    }

    /// The content. A private key's bytes are the caller's to zero.
    ///
    /// @throws ConfigException if there is no such file, or it cannot be read, or is too large to be right
    public byte[] read() {
        checkReadable();
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw problem("cannot be read");
        }
        if (content.length > MAX_BYTES) {
            throw problem("has more than " + MAX_BYTES + " bytes");
        }
        return content;
    }

    /// @throws ConfigException as {@link #read()}
    public void checkReadable() {
        if (!Files.exists(path)) {
            throw problem("does not exist");
        }
        if (!Files.isRegularFile(path)) {
            throw problem("is no file");
        }
        if (!Files.isReadable(path)) {
            throw problem("cannot be read; check its owner and mode");
        }
    }

    /// An error that leads back to the line that named the file.
    ///
    /// @param what what is wrong with it, after its path
    public ConfigException problem(String what) {
        return ConfigException.at(place, path + " " + what);
    }
}
