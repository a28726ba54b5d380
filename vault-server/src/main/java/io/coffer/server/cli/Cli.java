// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Runs one client command: finds it by name, reads its arguments, and turns what happens into an exit
/// code.
public final class Cli {
    private static final int UNKNOWN = 127;

    private final Env env;
    private final Terminal terminal;

    Cli(Env env, Terminal terminal) {
        this.env = env;
        this.terminal = terminal;
    }

    /// @return the exit code of the process
    public static int run(String[] arguments) {
        return new Cli(new Env(System.getenv()), new ProcessTerminal()).run(List.of(arguments));
    }

    int run(List<String> line) {
        int exit;
        try {
            exit = dispatch(line);
        } catch (ShownInstead shown) {
            terminal.out().print(shown.text());
            exit = 0;
        } catch (Failure failure) {
            terminal.out().flush();
            terminal.err().println(failure.getMessage());
            exit = failure.exit();
        } catch (IOException broken) {
            terminal.err().println("Error: " + Words.harmless(String.valueOf(broken.getMessage())));
            exit = Failure.LOCAL;
        } catch (OutOfMemoryError full) {
            terminal.err()
                    .println("Error: the answer is too large for a command; ask for a part of it, or use the API");
            exit = Failure.LOCAL;
        }
        terminal.out().flush();
        if (terminal.out().checkError() && exit == 0) {
            terminal.err().println("Error: cannot write to standard output");
            return Failure.LOCAL;
        }
        return exit;
    }

    private int dispatch(List<String> line) throws IOException {
        checkText(line);
        int words = 0;
        String name = "";
        while (words < line.size() && !line.get(words).startsWith("-")) {
            String longer = name.isEmpty() ? line.get(words) : name + " " + line.get(words);
            if (!Catalogue.isCommand(longer) && !Catalogue.isGroup(longer)) {
                return unknown(name, longer);
            }
            name = longer;
            words++;
            if (Catalogue.isCommand(name)) {
                break;
            }
        }
        List<String> rest = line.subList(words, line.size());
        if (Catalogue.isGroup(name)) {
            return group(name, rest);
        }
        return command(name, rest);
    }

    /// What the JVM could not decode arrives as U+FFFD, and would be stored so.
    private static void checkText(List<String> line) {
        for (String word : line) {
            if (word.indexOf('\ufffd') >= 0) {
                throw Failure.local("an argument holds characters that this locale cannot carry; set LC_ALL=C.UTF-8");
            }
        }
    }

    private int unknown(String group, String name) {
        terminal.err().println("Unknown command: " + Words.harmless(name) + "\n");
        terminal.err().print(new Help(terminal, env).group(group));
        return UNKNOWN;
    }

    private int group(String name, List<String> rest) throws IOException {
        String first = rest.isEmpty() ? "" : rest.get(0);
        if (asksForHelp(first)) {
            terminal.out().print(new Help(terminal, env).group(name));
            return 0;
        }
        if (name.isEmpty() && (first.equals("-v") || first.equals("-version") || first.equals("--version"))) {
            return command("version", List.of());
        }
        if (!first.isEmpty()) {
            throw Failure.local("Flags come after the command: coffer "
                    + (name.isEmpty() ? "COMMAND" : name + " COMMAND") + " [flags]");
        }
        terminal.err().print(new Help(terminal, env).group(name));
        return name.isEmpty() ? UNKNOWN : Failure.LOCAL;
    }

    private int command(String name, List<String> rest) throws IOException {
        Optional<Command> found = Catalogue.command(name);
        if (found.isEmpty()) {
            throw Failure.local("coffer " + name + " is no command of the client");
        }
        Shape shape = found.get().shape();
        for (String argument : rest) {
            if (argument.equals("--")) {
                break;
            }
            if (asksForHelp(argument)) {
                terminal.out().print(new Help(terminal, env).command(name, shape));
                return 0;
            }
        }
        Arguments arguments = new ArgumentParser(shape.allFlags()).parse(rest);
        shape.check(arguments);
        try (Invocation call = new Invocation(arguments, env, terminal)) {
            return run(found.get(), call);
        }
    }

    private static int run(Command command, Invocation call) throws IOException {
        try {
            return command.run(call);
        } catch (WrappedAnswer wrapped) {
            call.output().secret(wrapped.reply());
            return 0;
        }
    }

    private static boolean asksForHelp(String argument) {
        return argument.equals("-h") || argument.equals("-help") || argument.equals("--help");
    }
}
