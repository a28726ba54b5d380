// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for 127.0.0.1 that nobody has signed, made by the JDK's keytool.
record Certificate(Path file, Path key, SSLContext trusted) {
    private static final String PASSWORD = "bench-only";

    static Certificate create(Path room) throws IOException, InterruptedException {
        Path store = room.resolve("tls.p12");
        generate(store, room.resolve("keytool.log"));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            Path file = pem(
                    room.resolve("tls.crt"),
                    "CERTIFICATE",
                    keys.getCertificate("a").getEncoded());
            Path key = pem(
                    room.resolve("tls.key"),
                    "PRIVATE KEY",
                    keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
            return new Certificate(file, key, trusting(keys));
        } catch (GeneralSecurityException unfit) {
            throw new IOException(unfit);
        }
    }

    private static void generate(Path store, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of("-genkeypair -alias a -keyalg EC -groupname secp256r1 -validity 2".split(" ", -1)));
        command.addAll(List.of("-dname CN=localhost -ext SAN=IP:127.0.0.1 -storetype PKCS12".split(" ", -1)));
        command.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(Files.readString(log));
        }
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Path pem(Path file, String what, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /// The lines of a daemon's configuration that make it listen with it.
    String listener() {
        return """
                listener "tcp" {
                  address       = "127.0.0.1:0"
                  tls_cert_file = "%s"
                  tls_key_file  = "%s"
                }
                """.formatted(file, key);
    }
}
