// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Api;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists the keys that encrypt values, and those that are being destroyed.
final class KeysListCommand implements Command {
    private static final Flag JOBS = Flag.on("jobs", "Show what is being destroyed, or waits for it, instead.");

    @Override
    public Shape shape() {
        return new Shape(
                "[SCOPE]",
                "Lists the terms of every scope, or of one: what each may still do, and how many values and bytes are"
                        + " under it.",
                List.of(JOBS),
                0,
                1);
    }

    @Override
    public int run(Invocation call) {
        List<String> words = call.arguments().words();
        if (call.arguments().on(JOBS)) {
            List<Json> jobs = jobs(call, words);
            call.output().value(Json.object().put("jobs", new Json.Arr(jobs)).build(), table(jobs));
            return 0;
        }
        Json.Obj scopes = words.isEmpty() ? all(call) : one(call, words.getFirst());
        Json.Builder terms = Json.object();
        scopes.members()
                .forEach((name, scope) -> terms.put(name, Scalars.object(scope).get("terms")));
        call.output().value(terms.build(), table(scopes));
        return 0;
    }

    /// One page of the list after the other: under each scope's name what is known of it.
    private static Json.Obj all(Invocation call) {
        Map<String, Json> scopes = new LinkedHashMap<>();
        String after = "";
        boolean more = true;
        while (more) {
            ApiCall page = ApiCall.list("sys/keys");
            Reply reply = call.api().ask(after.isEmpty() ? page : page.with("after", after), "listing keys");
            Map<String, Json> found =
                    Scalars.object(reply.data().get("key_info")).members();
            scopes.putAll(found);
            more = reply.object().get("warnings") instanceof Json.Arr && !found.isEmpty();
            for (String name : found.keySet()) {
                after = name;
            }
        }
        return new Json.Obj(scopes);
    }

    private static Json.Obj one(Invocation call, String scope) {
        Reply reply = call.api().send(ApiCall.get(KeyPath.of(scope)), "listing keys");
        if (reply.status() == 404) {
            throw Failure.remote(
                    "No scope has this name; without one, all are listed, that of a mount under the mount's uuid");
        }
        return new Json.Obj(Map.of(scope, Api.accepted(reply, "listing keys").data()));
    }

    private static String table(Json.Obj scopes) {
        Table table = new Table()
                .head("Scope", "Mount", "Term", "State", "Algorithm", "Install Time", "Values", "Bytes", "Last Used");
        scopes.members().forEach((name, scope) -> {
            String mount = string(Scalars.object(scope).get("mount"));
            if (Scalars.object(scope).has("damaged")) {
                table.row(name, mount, "", "does not open", "", "", "", "", "");
            }
            for (Json term : Scalars.items(Scalars.object(scope).get("terms"))) {
                row(table, name, mount, Scalars.object(term));
            }
        });
        return table.toString();
    }

    private static void row(Table table, String scope, String mount, Json.Obj term) {
        table.row(
                scope,
                mount,
                cell(term.get("term")),
                string(term.get("state")),
                string(term.get("algorithm")),
                string(term.get("install_time")),
                cell(term.get("values")),
                cell(term.get("bytes")),
                string(term.get("last_used")));
    }

    /// One page after the other.
    ///
    /// @param scopes those to be shown; all if there is none
    private static List<Json> jobs(Invocation call, List<String> scopes) {
        List<Json> jobs = new ArrayList<>();
        String after = "";
        do {
            ApiCall page = ApiCall.get("sys/keys/jobs");
            Json.Obj found = call.api()
                    .ask(after.isEmpty() ? page : page.with("after", after), "listing key jobs")
                    .data();
            for (Json job : Scalars.items(found.get("jobs"))) {
                if (scopes.isEmpty()
                        || scopes.contains(string(Scalars.object(job).get("scope")))) {
                    jobs.add(job);
                }
            }
            after = string(found.get("next"));
        } while (!after.isEmpty());
        return jobs;
    }

    private static String table(List<Json> jobs) {
        Table table = new Table().head("Scope", "Terms", "Kind", "State", "Destroy Time", "Why Blocked");
        for (Json item : jobs) {
            Json.Obj job = Scalars.object(item);
            table.row(
                    string(job.get("scope")),
                    cell(job.get("terms")),
                    string(job.get("kind")),
                    string(job.get("state")),
                    string(job.get("destroy_time")),
                    string(job.get("blocked")));
        }
        return table.toString();
    }
}
