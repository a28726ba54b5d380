// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import io.coffer.server.cli.output.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Carries keys between vaults, wrapped: what stands in the files is for the vault alone that they were wrapped for.
///
/// @param promotes whether a key goes out, or comes in
record KeysImportCommand(boolean promotes) implements Command {
    private static final int LONGEST = 64 << 10;
    private static final Flag ALGORITHM =
            Flag.text("algorithm", "NAME", "What the key is used with: xaes256-gcm or aes256-gcm.");

    @Override
    public Shape shape() {
        return promotes
                ? new Shape(
                        "SCOPE PUBLIC_KEY_FILE",
                        "Prints a scope's primary key, wrapped for the vault whose sys/wrapping-key the file holds (- is"
                                + " standard input).",
                        List.of(),
                        2,
                        2)
                : new Shape(
                        "SCOPE FILE",
                        "Adds the wrapped key of a file to a scope (- is standard input). It becomes available; operator"
                                + " rotate -scope=SCOPE -term=N makes it the primary.",
                        List.of(ALGORITHM),
                        2,
                        2);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String path = KeyPath.of(call.arguments().word(0));
        String text = read(call, call.arguments().word(1));
        if (promotes) {
            Json body = Json.object().put("public_key", text).build();
            Json.Obj wrapped = call.api()
                    .ask(ApiCall.put(path + "/promote", body), "wrapping a key")
                    .data();
            call.output().value(wrapped, string(wrapped.get("ciphertext")) + "\n");
            return 0;
        }
        // Tools of base64 break their lines.
        Json.Builder body = Json.object().put("ciphertext", text.replaceAll("\\s", ""));
        call.arguments().text(ALGORITHM).ifPresent(name -> body.put("algorithm", name));
        Json.Obj added = call.api()
                .ask(ApiCall.put(path + "/import", body.build()), "importing a key")
                .data();
        call.output().value(added, Table.ofValues().members(added).toString());
        return 0;
    }

    private static String read(Invocation call, String file) throws IOException {
        byte[] bytes = file.equals("-") ? call.terminal().in().readNBytes(LONGEST + 1) : read(file);
        if (bytes.length == 0 || bytes.length > LONGEST) {
            throw Failure.local("The file of the key is empty, or too long");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] read(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(LONGEST + 1);
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("cannot read the file " + Words.harmless(file));
        }
    }
}
