// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Creates the vault, and prints its key shares and its root token: once, and never again.
final class InitCommand implements Command {
    private static final Flag SHARES =
            Flag.number("key-shares", "N", "How many key shares there are (5).").or("n");
    private static final Flag THRESHOLD = Flag.number("key-threshold", "N", "How many of them unseal the vault (3).")
            .or("t");
    private static final Flag PGP_KEYS = Flag.list(
            "pgp-keys", "FILE,...", "Files of OpenPGP public keys, one for each share, which is encrypted to it.");
    private static final Flag ROOT_PGP_KEY =
            Flag.text("root-token-pgp-key", "FILE", "File of the OpenPGP public key that encrypts the root token.");
    private static final Flag STATUS = Flag.on(
            "status", "Only tell whether the vault is initialized: exit code 0 if it is, 2 if not, 1 for an error.");

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Creates the vault and prints its key shares and the root token. They are shown this once: give each"
                        + " share to another person.",
                List.of(SHARES, THRESHOLD, PGP_KEYS, ROOT_PGP_KEY, STATUS),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        if (call.arguments().on(STATUS)) {
            return status(call);
        }
        long shares = call.arguments().number(SHARES).orElse(5);
        long threshold = call.arguments().number(THRESHOLD).orElse(3);
        Json.Builder body = Json.object().put("secret_shares", shares).put("secret_threshold", threshold);
        List<Json> keys = pgpKeys(call.arguments());
        if (!keys.isEmpty()) {
            body.put("pgp_keys", new Json.Arr(keys));
        }
        Optional<String> rootKey = call.arguments().text(ROOT_PGP_KEY);
        if (rootKey.isPresent()) {
            body.put("root_token_pgp_key", PgpKeyFile.read(rootKey.get()));
        }
        Reply reply = call.api().ask(ApiCall.put("sys/init", body.build()).anonymous(), "initializing");
        Json.Obj made = reply.object();
        call.output().value(machine(made, shares, threshold), people(made, shares, threshold, !keys.isEmpty()));
        return 0;
    }

    private static int status(Invocation call) {
        Reply reply;
        try {
            reply = call.api().ask(ApiCall.get("sys/init").anonymous(), "checking initialization status");
        } catch (Failure any) {
            throw Failure.local(String.valueOf(any.getMessage()));
        }
        boolean initialized = Scalars.truth(reply.object().get("initialized"));
        call.output().value(reply.object(), "Vault is " + (initialized ? "" : "not ") + "initialized\n");
        return initialized ? 0 : 2;
    }

    private static List<Json> pgpKeys(Arguments arguments) {
        List<Json> keys = new ArrayList<>();
        for (String files : arguments.list(PGP_KEYS)) {
            for (String file : files.split(",", -1)) {
                keys.add(new Json.Str(PgpKeyFile.read(file.strip())));
            }
        }
        return keys;
    }

    private static String people(Json.Obj made, long shares, long threshold, boolean encrypted) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Json share : Scalars.items(made.get("keys_base64"))) {
            text.append("Unseal Key ")
                    .append(number++)
                    .append(": ")
                    .append(Scalars.string(share))
                    .append('\n');
        }
        text.append("\nInitial Root Token: ")
                .append(Scalars.string(made.get("root_token")))
                .append("\n\nThe vault is initialized with ")
                .append(shares)
                .append(" key shares, and ")
                .append(threshold)
                .append(" of them unseal it.\n")
                .append(encrypted ? "Each share is encrypted to its holder's key. " : "")
                .append("""
                        Give each share to another person, now: they are
                        stored nowhere, and are not shown again. Whenever the vault starts, and after it was
                        sealed, the holders unseal it with `coffer operator unseal`. Whoever loses too many
                        shares loses what is in the vault.
                        """);
        return text.toString();
    }

    private static Json.Obj machine(Json.Obj made, long shares, long threshold) {
        Json.Arr none = new Json.Arr(List.of());
        return Json.object()
                .put("unseal_keys_b64", made.has("keys_base64") ? made.get("keys_base64") : none)
                .put("unseal_keys_hex", made.has("keys") ? made.get("keys") : none)
                .put("unseal_shares", shares)
                .put("unseal_threshold", threshold)
                .put("recovery_keys_b64", made.has("recovery_keys_base64") ? made.get("recovery_keys_base64") : none)
                .put("recovery_keys_hex", made.has("recovery_keys") ? made.get("recovery_keys") : none)
                .put("recovery_keys_shares", 0)
                .put("recovery_keys_threshold", 0)
                .put("root_token", made.get("root_token"))
                .build();
    }
}
