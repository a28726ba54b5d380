// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import java.util.ArrayList;
import java.util.List;

/// The flags of `operator rekey`, and what they ask for.
final class RekeyFlags {
    static final Flag INIT = Flag.on(
            "init", "Begin one. It needs a token that may, or a share as SHARE or -, which counts as the first.");
    static final Flag STATUS = Flag.on("status", "Show how far it is.");
    static final Flag CANCEL =
            Flag.on("cancel", "End the one that was begun; with -verify, only begin the proof of the new shares anew.");
    static final Flag COLLECT =
            Flag.on("collect", "Get the new shares, when all shares are in and the last one was another's.");
    static final Flag VERIFY = Flag.on(
            "verify",
            "With -init: the former shares stay until the new ones have been handed in (at a terminal that is so"
                    + " unless -verify=false). Alone: hand in a new share.");
    static final Flag VERIFY_ALL =
            Flag.on("verify-all", "With -init: the former shares stay until every one of the new ones was handed in.");
    static final Flag DRY_RUN = Flag.on("dry-run", "With -init: show the plan, and begin nothing.");
    static final Flag SHARES = Flag.number("key-shares", "N", "How many new shares there will be (5).")
            .or("n");
    static final Flag THRESHOLD = Flag.number("key-threshold", "N", "How many of them will unseal the vault (3).")
            .or("t");
    static final Flag NONCE = Flag.text("nonce", "NONCE", "Which one the share is for.");
    static final Flag PGP_KEYS = Flag.list(
            "pgp-keys", "FILE,...", "Files of OpenPGP public keys, one for each new share, which is encrypted to it.");
    static final Flag HOLDER = Flag.list(
            "share-holder",
            "NAME=FILE",
            "Who gets a new share, and a file of his public key: age, SSH or OpenPGP. Once for each share.");
    static final Flag BACKUP = Flag.on("backup", "With -pgp-keys: keep the encrypted shares in the vault.");
    static final Flag BACKUP_RETRIEVE = Flag.on("backup-retrieve", "Show the encrypted shares that were kept.");
    static final Flag BACKUP_DELETE = Flag.on("backup-delete", "Forget the encrypted shares that were kept.");
    static final Flag TARGET = Flag.text("target", "KIND", "barrier (the default) or recovery.");

    static final List<Flag> ALL = List.of(
            INIT,
            STATUS,
            CANCEL,
            COLLECT,
            VERIFY,
            VERIFY_ALL,
            DRY_RUN,
            SHARES,
            THRESHOLD,
            NONCE,
            PGP_KEYS,
            HOLDER,
            BACKUP,
            BACKUP_RETRIEVE,
            BACKUP_DELETE,
            TARGET);

    private RekeyFlags() {}

    /// What -init asks for.
    static Json.Obj plan(Invocation call) {
        Arguments arguments = call.arguments();
        List<Json> holders = holders(arguments);
        List<Json> keys = keys(arguments);
        if (!holders.isEmpty() && !keys.isEmpty()) {
            throw Failure.local("give -share-holder or -pgp-keys, not both");
        }
        long standard = holders.isEmpty() ? 5 : holders.size();
        Json.Builder body = Json.object()
                .put("secret_shares", arguments.number(SHARES).orElse(standard))
                .put("secret_threshold", arguments.number(THRESHOLD).orElse(3))
                .put("require_verification", arguments.given(VERIFY) ? arguments.on(VERIFY) : call.asks());
        if (arguments.on(VERIFY_ALL)) {
            body.put("verify_all", true);
        }
        if (!keys.isEmpty()) {
            body.put("pgp_keys", new Json.Arr(keys));
        }
        if (!holders.isEmpty()) {
            body.put("share_holders", new Json.Arr(holders));
        }
        if (arguments.on(BACKUP)) {
            body.put("backup", true);
        }
        if (arguments.on(DRY_RUN)) {
            body.put("dry_run", true);
        }
        return body.build();
    }

    private static List<Json> keys(Arguments arguments) {
        List<Json> keys = new ArrayList<>();
        for (String files : arguments.list(PGP_KEYS)) {
            for (String file : files.split(",", -1)) {
                keys.add(new Json.Str(PgpKeyFile.read(file.strip())));
            }
        }
        return keys;
    }

    private static List<Json> holders(Arguments arguments) {
        List<Json> holders = new ArrayList<>();
        for (String given : arguments.list(HOLDER)) {
            int equals = given.indexOf('=');
            if (equals < 1 || equals == given.length() - 1) {
                throw Failure.local("-share-holder is NAME=FILE");
            }
            holders.add(Json.object()
                    .put("name", given.substring(0, equals))
                    .put("key", HolderKeyFile.read(given.substring(equals + 1)))
                    .build());
        }
        return holders;
    }
}
