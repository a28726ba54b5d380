// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.List;

/// Gives what is written from now on new encryption keys.
final class RotateCommand implements Command {
    private static final ScopeFlag SCOPE =
            new ScopeFlag("Rotate only this scope: keys, system, …, or the uuid of a mount.");
    private static final Flag REWRAP =
            Flag.on("rewrap", "Move what is under the former keys to the new ones; watch it with operator rewrap.");
    private static final Flag ALGORITHM =
            Flag.text("algorithm", "NAME", "Of the new keys: xaes256-gcm or aes256-gcm; as before otherwise.");
    private static final Flag TERM =
            Flag.number("term", "N", "With -scope: use this key of the scope, which is available, and make none.");
    private static final Flag DRY_RUN = Flag.on("dry-run", "Only show what would be rotated.");

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Makes new encryption keys for what is written from now on. Older values stay readable under their"
                        + " keys; no key share is needed, and the vault goes on serving. If it was interrupted, run it"
                        + " again: it goes on where it ended.",
                List.of(SCOPE.flag(), REWRAP, ALGORITHM, TERM, DRY_RUN),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Json.Builder body = Json.object();
        SCOPE.of(call.arguments()).ifPresent(scope -> body.put("scope", scope));
        call.arguments().text(ALGORITHM).ifPresent(name -> body.put("algorithm", name));
        call.arguments().number(TERM).ifPresent(term -> body.put("term", term));
        if (call.arguments().on(REWRAP)) {
            body.put("rewrap", true);
        }
        if (call.arguments().on(DRY_RUN)) {
            body.put("dry_run", true);
            Json.Obj plan = call.api()
                    .ask(ApiCall.put("sys/rotate", body.build()), "planning a rotation")
                    .data();
            call.output().value(plan, plan(plan));
            return 0;
        }
        call.api().ask(ApiCall.put("sys/rotate", body.build()), "rotating keys");
        Json.Obj status = SCOPE.of(call.arguments())
                .map(scope -> KeyStatus.of(call, scope))
                .orElseGet(() -> KeyStatus.ask(call));
        call.output().success("Rotated key\n");
        call.output().value(status, KeyStatus.table(status));
        return 0;
    }

    private static String plan(Json.Obj plan) {
        Table table = new Table().head("Scope", "Present Term");
        for (Json item : Scalars.items(plan.get("scopes"))) {
            Json.Obj scope = Scalars.object(item);
            table.row(string(scope.get("scope")), cell(scope.get("term")));
        }
        return table.toString();
    }
}
