// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Table;
import java.util.List;

/// Shows or sets when keys are rotated by themselves.
final class RotateConfigCommand implements Command {
    private static final ScopeFlag SCOPE =
            new ScopeFlag("Of this scope alone: keys, system, …, or the uuid of a mount.");
    private static final Flag INTERVAL = Flag.text(
            "interval", "DURATION", "How long a key encrypts, at least 24h; 0 for as long as nobody rotates.");
    private static final Flag PRESET =
            Flag.text("preset", "NAME", "The interval by name: nist-high-volume, nist-yearly, nist-longest.");
    private static final Flag OPERATIONS = Flag.number("max-operations", "N", "How many values a key encrypts.");
    private static final Flag BYTES = Flag.number("max-bytes", "N", "How many bytes a key encrypts; 0 for any.");
    private static final Flag ENABLED = Flag.on("enabled", "Rotate by these settings; -enabled=false does not.");
    private static final Flag REWRAP =
            Flag.on("auto-rewrap", "Move values to the new key after a rotation; -auto-rewrap=false does not.");
    private static final Flag RESET = Flag.on("reset", "Let the scope follow the settings of all again.");

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Shows when keys are rotated by themselves, or sets it: by age, by values and by bytes, for all scopes or"
                        + " for one.",
                List.of(SCOPE.flag(), INTERVAL, PRESET, OPERATIONS, BYTES, ENABLED, REWRAP, RESET),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        Json.Builder body = Json.object();
        arguments.text(INTERVAL).ifPresent(interval -> body.put("interval", interval));
        arguments.text(PRESET).ifPresent(preset -> body.put("preset", preset));
        arguments.number(OPERATIONS).ifPresent(operations -> body.put("max_operations", operations));
        arguments.number(BYTES).ifPresent(bytes -> body.put("max_bytes", bytes));
        if (arguments.given(ENABLED)) {
            body.put("enabled", arguments.on(ENABLED));
        }
        if (arguments.given(REWRAP)) {
            body.put("auto_rewrap", arguments.on(REWRAP));
        }
        boolean changes = !body.build().members().isEmpty();
        if (arguments.on(RESET) && (changes || SCOPE.of(arguments).isEmpty())) {
            throw Failure.local("-reset goes with -scope, and with no setting: the scope follows those of all again");
        }
        if (arguments.on(RESET)) {
            call.api().ask(at(ApiCall.delete("sys/rotate/config"), arguments), "resetting a scope's settings");
        } else if (changes) {
            SCOPE.of(arguments).ifPresent(scope -> body.put("scope", scope));
            call.api().ask(ApiCall.put("sys/rotate/config", body.build()), "setting when keys are rotated");
        }
        Json.Obj config = call.api()
                .ask(at(ApiCall.get("sys/rotate/config"), arguments), "reading when keys are rotated")
                .data();
        if (changes || arguments.on(RESET)) {
            call.output().success("Set when keys are rotated\n");
        }
        call.output().value(config, Table.ofValues().members(config).toString());
        return 0;
    }

    private static ApiCall at(ApiCall plain, Arguments arguments) {
        return SCOPE.of(arguments).map(scope -> plain.with("scope", scope)).orElse(plain);
    }
}
