// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.server.cli.output.Format;
import java.util.Optional;

/// One run of a command: its arguments, and what it may use. What reaches the vault is made when it is
/// first asked for.
public final class Invocation implements AutoCloseable {
    private final Arguments arguments;
    private final Env env;
    private final Terminal terminal;
    private Optional<Api> api = Optional.empty();

    Invocation(Arguments arguments, Env env, Terminal terminal) {
        this.arguments = arguments;
        this.env = env;
        this.terminal = terminal;
    }

    public Arguments arguments() {
        return arguments;
    }

    public Terminal terminal() {
        return terminal;
    }

    /// Whether a question may be asked.
    public boolean asks() {
        return terminal.inputIsTerminal() && !arguments.on(GlobalFlags.NON_INTERACTIVE);
    }

    /// Whether the environment asks for long lists.
    public boolean detailedByEnvironment() {
        return env.on("DETAILED");
    }

    Tokens tokens() {
        return new Tokens(env);
    }

    public Output output() {
        return new Output(terminal, format(), arguments.text(GlobalFlags.FIELD));
    }

    private Format format() {
        String name =
                arguments.text(GlobalFlags.FORMAT).or(() -> env.get("FORMAT")).orElse("table");
        return Format.named(name)
                .orElseThrow(() -> Failure.local("Invalid output format: " + Words.harmless(name)
                        + "; there are table, json, yaml, pretty and raw"));
    }

    /// @throws Failure if the answer could not be shown: nothing is asked then
    public Api api() {
        if (api.isEmpty()) {
            format();
            api = Optional.of(new Api(new Reach(arguments, env).client(), tokens(), new Extras(arguments, env)));
        }
        return api.get();
    }

    @Override
    public void close() {
        api.ifPresent(Api::close);
    }
}
