// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.crypto.SigningKey;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import io.coffer.core.term.Receipt;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Checks a receipt of destroyed keys without the vault.
final class ReceiptVerifyCommand implements Command {
    private static final Flag KEY = Flag.text(
            "key",
            "FILE",
            "The vault's public key, as sys/receipts/key gives it: PEM, or base64 of 32 bytes. Get it when you trust"
                    + " the vault, and keep it.");
    private static final int LONGEST = 1 << 20;

    /// What stands before an Ed25519 key in its general form (RFC 8410).
    private static final int SPKI_BYTES = 12;

    @Override
    public Shape shape() {
        return new Shape(
                "RECEIPT|-",
                "Checks the signature of a receipt and shows what it states. It asks no vault. The exit code is 0 if"
                        + " the receipt is good, 2 if it is not, 1 if it could not be checked.",
                List.of(KEY),
                1,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String keyFile = call.arguments()
                .text(KEY)
                .orElseThrow(() -> Failure.local("name the file of the vault's public key with -key; the vault gives it"
                        + " to anybody: coffer read -field=public_key sys/receipts/key"));
        byte[] key = key(keyFile, read(keyFile));
        String name = call.arguments().word(0);
        byte[] text = name.equals("-") ? call.terminal().in().readNBytes(LONGEST) : read(name);
        Optional<Json.Obj> given = receipt(text);
        if (given.isEmpty()) {
            return bad(call, "it is no JSON object");
        }
        return switch (Receipt.check(given.get(), key)) {
            case Receipt.Check.Bad(String reason) -> bad(call, reason);
            case Receipt.Check.Good(Json.Obj receipt) -> {
                Json.Obj shown = Json.object().put("good", true).putAll(receipt).build();
                call.output().value(shown, table(receipt));
                yield 0;
            }
        };
    }

    private static int bad(Invocation call, String reason) {
        Json.Obj shown = Json.object().put("good", false).put("reason", reason).build();
        call.output().value(shown, "This is no receipt of that vault: " + reason + ".\n");
        return Failure.REMOTE;
    }

    /// The receipt itself, also out of the answer that it came in.
    private static Optional<Json.Obj> receipt(byte[] text) {
        try {
            if (!(JsonText.DEFAULT.parse(text) instanceof Json.Obj object)) {
                return Optional.empty();
            }
            return object.get("data") instanceof Json.Obj data ? Optional.of(data) : Optional.of(object);
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }

    private static byte[] key(String file, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1)
                .replace("-----BEGIN PUBLIC KEY-----", "")
                .replace("-----END PUBLIC KEY-----", "")
                .replaceAll("\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length == SPKI_BYTES + SigningKey.BYTES) {
                return Arrays.copyOfRange(bytes, SPKI_BYTES, bytes.length);
            }
            if (bytes.length == SigningKey.BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException malformed) {
            // told below, as a key of another length is
        }
        throw Failure.local(file + " holds no Ed25519 public key, in PEM or as base64");
    }

    private static byte[] read(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(LONGEST);
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("cannot read the file " + file);
        }
    }

    private static String table(Json.Obj receipt) {
        return Table.ofValues()
                .row("Good", "true: the owner of this key has signed it")
                .row("Receipt", string(receipt.get("id")))
                .row("Store", string(receipt.get("store_id")))
                .row("Kind", string(receipt.get("kind")))
                .row("Scope", string(receipt.get("scope")))
                .row("Mount", string(receipt.get("mount")))
                .row("Terms", cell(receipt.get("terms")))
                .row("Requested", string(receipt.get("requested")))
                .row("Destroyed", string(receipt.get("destroyed")))
                .row("Erased", string(receipt.get("erased")))
                .row("Share Generations", cell(receipt.get("share_generations")))
                .row("Proves", string(receipt.get("proves")))
                .row("Does Not Prove", string(receipt.get("does_not_prove")))
                .toString();
    }
}
