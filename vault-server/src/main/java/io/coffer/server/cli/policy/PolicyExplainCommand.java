// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Says which rule allows a token something on a path or refuses it, and what would be needed.
final class PolicyExplainCommand implements Command {
    private static final Flag OPERATION = Flag.text(
            "operation", "NAME", "create, read, update, patch, delete, list or scan; then also what would be needed.");
    private static final Flag ACCESSOR =
            Flag.text("accessor", "ACCESSOR", "Of the token to explain for; the one at hand if not given.");
    private static final Flag POLICY =
            Flag.list("policy", "NAME", "Explain for these policies, whatever token has them.");

    @Override
    public Shape shape() {
        return new Shape(
                "PATH",
                "Shows which rule of which policy allows a token something on a path of the API, or refuses it.",
                List.of(OPERATION, ACCESSOR, POLICY),
                1,
                1);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        String path = arguments.word(0).strip();
        Json.Builder body = Json.object().put("path", path);
        arguments.text(OPERATION).ifPresent(name -> body.put("operation", name));
        arguments.text(ACCESSOR).ifPresent(accessor -> body.put("accessor", accessor));
        List<String> policies = new ArrayList<>();
        arguments.list(POLICY).forEach(list -> policies.addAll(List.of(list.split(",", -1))));
        if (!policies.isEmpty()) {
            body.put("policies", Json.of(policies));
        }
        Reply reply = call.api().ask(ApiCall.put("sys/policies/explain", body.build()), "explaining " + path);
        boolean needed = arguments.text(OPERATION).isPresent();
        call.output().value(reply.data(), text(reply.data(), needed));
        call.output().warnings(reply);
        return 0;
    }

    private static String text(Json.Obj data, boolean needed) {
        List<String> policies =
                Scalars.items(data.get("policies")).stream().map(Scalars::cell).toList();
        Table table = new Table().head("Operation", "Allowed", "Why");
        StringBuilder missing = new StringBuilder();
        for (Json each : Scalars.items(data.get("operations"))) {
            Json.Obj operation = Scalars.object(each);
            table.row(
                    string(operation.get("operation")),
                    Scalars.truth(operation.get("allowed")) ? "yes" : "no",
                    string(operation.get("reason")) + conditions(operation));
            if (needed && !string(operation.get("needed")).isEmpty()) {
                missing.append("\nNeeded: ")
                        .append(string(operation.get("needed")))
                        .append('\n');
            }
        }
        return "Path: " + string(data.get("path")) + "\nPolicies: " + String.join(", ", policies) + "\n" + leftOut(data)
                + "\n" + table + missing;
    }

    private static String leftOut(Json.Obj data) {
        return Scalars.items(data.get("left_out")).stream()
                .map(each -> "Left out: " + Scalars.cell(each) + "\n")
                .collect(Collectors.joining());
    }

    private static String conditions(Json.Obj operation) {
        List<String> all = Scalars.items(operation.get("conditions")).stream()
                .map(Scalars::cell)
                .toList();
        return all.isEmpty() ? "" : ", if " + String.join("; ", all);
    }
}
