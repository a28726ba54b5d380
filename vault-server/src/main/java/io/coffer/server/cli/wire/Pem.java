// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;

/// Certificates or a key in PEM form: in a file, or as a text at hand. It is read when it is needed, and
/// never printed.
///
/// @param name the path of the file, or where the text comes from
public record Pem(String name, String text) {
    private static final int LONGEST = 4 << 20;

    public static Pem file(String path) {
        return new Pem(path, "");
    }

    public static Pem text(String source, String text) {
        return new Pem(source, text);
    }

    byte[] bytes() throws WireException {
        if (!text.isEmpty()) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new WireException(name + " is longer than " + LONGEST + " bytes; no certificate or key is");
            }
            return bytes;
        } catch (WireException explained) {
            throw explained;
        } catch (IOException | InvalidPathException unreadable) {
            throw new WireException(
                    "cannot read " + name + ": " + unreadable.getClass().getSimpleName(), unreadable);
        }
    }

    List<Certificate> certificates() throws WireException {
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes()));
        } catch (CertificateException malformed) {
            throw new WireException(name + " holds no certificate in PEM form", malformed);
        }
        if (found.isEmpty()) {
            throw new WireException(name + " holds no certificate in PEM form");
        }
        return List.copyOf(found);
    }

    @Override
    public String toString() {
        return "Pem[" + name + "]";
    }
}
