// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.util.List;

/// Replaces the key shares: for another number of holders, when one leaves, or when a share is lost or stolen.
final class RekeyCommand implements Command {
    private static final List<Flag> MODES = List.of(
            RekeyFlags.INIT,
            RekeyFlags.STATUS,
            RekeyFlags.CANCEL,
            RekeyFlags.COLLECT,
            RekeyFlags.BACKUP_RETRIEVE,
            RekeyFlags.BACKUP_DELETE);

    @Override
    public Shape shape() {
        return new Shape(
                "[SHARE|-]",
                "Replaces the key shares. One begins it with -init; then each holder of a share runs this without"
                        + " flags, until there are enough. Whoever began it gets the new shares, once. With -verify the"
                        + " former shares stay until the new ones have been handed in.",
                RekeyFlags.ALL,
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        if (MODES.stream().filter(arguments::on).count() > 1) {
            throw Failure.local("give one of -init, -status, -cancel, -collect, -backup-retrieve and -backup-delete");
        }
        String root = root(arguments);
        boolean verify = arguments.on(RekeyFlags.VERIFY);
        if (arguments.on(RekeyFlags.INIT)) {
            return init(call, root);
        }
        if (arguments.on(RekeyFlags.STATUS)) {
            return show(call, root, verify);
        }
        if (arguments.on(RekeyFlags.CANCEL)) {
            return cancel(call, root, verify);
        }
        if (arguments.on(RekeyFlags.BACKUP_RETRIEVE) || arguments.on(RekeyFlags.BACKUP_DELETE)) {
            return backup(call, root);
        }
        return arguments.on(RekeyFlags.COLLECT) ? collect(call, root) : handIn(call, root, verify);
    }

    private static String root(Arguments arguments) {
        return switch (arguments.text(RekeyFlags.TARGET).orElse("barrier")) {
            case "barrier" -> "sys/rekey";
            case "recovery" -> "sys/rekey-recovery-key";
            default -> throw Failure.local("-target is barrier or recovery");
        };
    }

    private static Json.Obj status(Invocation call, String root, boolean verify) {
        return call.api()
                .ask(ApiCall.get(root + (verify ? "/verify" : "/init")), "reading rekey status")
                .object();
    }

    private static int show(Invocation call, String root, boolean verify) {
        Json.Obj status = status(call, root, verify);
        call.output().value(status, verify ? RekeyTable.proof(status) : RekeyTable.status(status));
        return 0;
    }

    private static int init(Invocation call, String root) throws IOException {
        Json.Obj begun = new ShareSender(call)
                .sendIfGiven(ApiCall.put(root + "/init", Body.NONE), RekeyFlags.plan(call), "initializing rekey")
                .object();
        boolean plan = Scalars.truth(begun.get("dry_run"));
        call.output().value(begun, plan ? RekeyTable.plan(begun) : RekeyTable.status(begun));
        return 0;
    }

    private static int cancel(Invocation call, String root, boolean verify) throws IOException {
        String path = root + (verify ? "/verify" : "/init");
        Reply reply = new ShareSender(call).sendIfGiven(ApiCall.delete(path), Json.EMPTY, "canceling rekey");
        if (reply.empty()) {
            call.output().success("Canceled rekeying (if it was started)");
            return 0;
        }
        if (verify) {
            call.output().value(reply.object(), RekeyTable.proof(reply.object()));
            return 0;
        }
        call.output().warn("One more share must ask for it, or a token that may, before it is canceled.");
        call.output().value(reply.object(), RekeyTable.status(reply.object()));
        return 0;
    }

    private static int backup(Invocation call, String root) {
        String path = root.equals("sys/rekey") ? "sys/rekey/backup" : "sys/rekey/recovery-key-backup";
        if (call.arguments().on(RekeyFlags.BACKUP_DELETE)) {
            call.api().ask(ApiCall.delete(path), "deleting backup");
            call.output().success("Deleted backup (if it existed)");
        } else {
            call.output().secret(call.api().ask(ApiCall.get(path), "retrieving backup"));
        }
        return 0;
    }

    private static int collect(Invocation call, String root) {
        String nonce = call.arguments()
                .text(RekeyFlags.NONCE)
                .orElseGet(() -> Scalars.string(status(call, root, false).get("nonce")));
        Json.Obj body = Json.object().put("nonce", nonce).build();
        return result(
                call,
                call.api()
                        .ask(ApiCall.put(root + "/update", body), "collecting new shares")
                        .object(),
                false);
    }

    private static int handIn(Invocation call, String root, boolean verify) throws IOException {
        ShareSender share = new ShareSender(call);
        share.checkMeant(RekeyFlags.NONCE);
        Json.Obj before = status(call, root, verify);
        if (!Scalars.truth(before.get("started"))) {
            throw Failure.local("no rekey is in progress; begin one with `coffer operator rekey -init`");
        }
        String ceremony = verify
                ? "New shares are to be proved; then the former ones open nothing.\n\n" + RekeyTable.proof(before)
                : "The key shares of this vault are to be replaced.\n\n" + RekeyTable.status(before);
        String path = root + (verify ? "/verify" : "/update");
        return result(
                call, share.handIn(path, RekeyFlags.NONCE, before, ceremony).object(), verify);
    }

    private static int result(Invocation call, Json.Obj answer, boolean verify) {
        boolean complete = Scalars.truth(answer.get("complete"));
        if (verify) {
            call.output()
                    .value(
                            answer,
                            complete
                                    ? "The new shares are proved. They alone open the vault from now on.\n"
                                    : RekeyTable.proof(answer));
            return 0;
        }
        call.output().value(answer, complete ? RekeyTable.made(answer) : RekeyTable.status(answer));
        boolean full = Scalars.number(answer.get("progress")) >= Scalars.number(answer.get("required"));
        if (!complete && full) {
            call.output()
                    .warn("\nAll shares are in. Whoever began this gets the new ones with"
                            + " `coffer operator rekey -collect`.");
        }
        return 0;
    }
}
