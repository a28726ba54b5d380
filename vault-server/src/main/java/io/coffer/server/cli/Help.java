// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The help of commands and groups, and the model that completion is made from. This alone loads picocli.
record Help(Terminal terminal, Env env) {
    private static final int WIDTH = 100;

    /// What stands in a group.
    String group(String name) {
        CommandSpec spec = spec("coffer" + (name.isEmpty() ? "" : " " + name), about(name));
        spec.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .footer("", "coffer " + (name.isEmpty() ? "" : name + " ") + "COMMAND -h tells more.");
        for (Catalogue.Entry entry : Catalogue.in(name)) {
            spec.addSubcommand(word(entry.name()), spec(word(entry.name()), entry.summary()));
        }
        return new CommandLine(spec).getUsageMessage(ansi());
    }

    /// What a command does and takes.
    String command(String name, Shape shape) {
        CommandSpec spec = spec(name, shape.about());
        spec.usageMessage().customSynopsis("coffer " + name + " [flags] " + shape.words());
        options(spec, shape.flags());
        CommandSpec global = spec("", "");
        options(global, GlobalFlags.ALL);
        String heading = "\nFlags of every command:\n";
        return new CommandLine(spec).getUsageMessage(ansi())
                + heading
                + new CommandLine(global).getHelp().optionList();
    }

    /// Everything, for completion.
    static CommandLine everything() {
        return new CommandLine(tree(""));
    }

    private static CommandSpec tree(String name) {
        CommandSpec spec = spec(name.isEmpty() ? "coffer" : word(name), about(name));
        for (Catalogue.Entry entry : Catalogue.in(name)) {
            spec.addSubcommand(word(entry.name()), Catalogue.isGroup(entry.name()) ? tree(entry.name()) : leaf(entry));
        }
        return spec;
    }

    private static String about(String group) {
        return Catalogue.summary(group).orElse("Coffer keeps secrets.");
    }

    private static String word(String name) {
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    private static CommandSpec leaf(Catalogue.Entry entry) {
        CommandSpec spec = spec(word(entry.name()), entry.summary());
        Catalogue.command(entry.name())
                .ifPresent(command -> options(spec, command.shape().allFlags()));
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        return spec;
    }

    private static CommandSpec spec(String name, String about) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(about.replace("%", "%%"))
                .width(WIDTH)
                .synopsisHeading("Usage: ")
                .commandListHeading("\nCommands:\n")
                .optionListHeading("\nFlags:\n");
        return spec;
    }

    private static void options(CommandSpec spec, List<Flag> flags) {
        for (Flag flag : flags) {
            List<String> names = new ArrayList<>();
            for (String name : flag.names()) {
                names.add("-" + name);
            }
            OptionSpec.Builder option = OptionSpec.builder(names.toArray(new String[0]))
                    .description(flag.help().replace("%", "%%"));
            if (flag.kind() == Flag.Kind.SWITCH) {
                option.type(boolean.class).arity("0");
            } else {
                option.type(String.class).arity("1").paramLabel(flag.label());
            }
            spec.addOption(option.build());
        }
    }

    /// Colours only for a person who did not decline them.
    private Ansi ansi() {
        boolean colours = terminal.outputIsTerminal()
                && !env.on("CLI_NO_COLOR")
                && env.plain("NO_COLOR").isEmpty();
        return colours ? Ansi.ON : Ansi.OFF;
    }
}
