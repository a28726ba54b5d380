// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Format;
import io.coffer.server.cli.output.JsonPrinter;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.SecretTable;
import io.coffer.server.cli.output.Yaml;
import java.util.Optional;

/// What a command shows: results on standard output in the chosen format, everything else on standard
/// error.
public final class Output {
    private final Terminal terminal;
    private final Format format;
    private final Optional<String> field;

    Output(Terminal terminal, Format format, Optional<String> field) {
        this.terminal = terminal;
        this.format = format;
        this.field = field;
    }

    public boolean asTable() {
        return format == Format.TABLE;
    }

    public boolean raw() {
        return format == Format.RAW;
    }

    public Optional<String> field() {
        return field;
    }

    /// As it is, save that at a terminal no value can drive it. Each text ends its own lines.
    public void text(String text) {
        terminal.out().print(terminal.outputIsTerminal() ? Words.harmless(text) : text);
    }

    /// The line that scripts look for after a write. Other formats than the table say nothing.
    public void success(String message) {
        if (asTable()) {
            text("Success! " + message + "\n");
        }
    }

    public void warn(String message) {
        terminal.err().println(Words.harmless(message));
    }

    /// A value where its table form is known to the caller.
    public void value(Json value, String table) {
        if (asTable()) {
            text(table);
        } else {
            tree(value);
        }
    }

    /// In whatever format but the table.
    public void tree(Json value) {
        terminal.out().print(format == Format.YAML ? Yaml.of(value) : JsonPrinter.indented(value) + "\n");
    }

    /// An answer in the vault's envelope: the chosen field, or all of it. One that is plain text has no
    /// fields and one form.
    public void secret(Reply reply) {
        if (reply.text().isPresent()) {
            field.ifPresent(name -> field(Optional.empty(), name));
            text(reply.text().get());
            return;
        }
        if (field.isPresent()) {
            field(Fields.of(reply.envelope(), field.get()), field.get());
            return;
        }
        if (format == Format.RAW) {
            terminal.out().write(reply.body(), 0, reply.body().length);
            return;
        }
        value(reply.object(), asTable() ? SecretTable.of(reply.envelope()) : "");
        warnings(reply);
    }

    /// To standard error, where the format does not show them by itself.
    public void warnings(Reply reply) {
        if (asTable()
                && reply.object().get("warnings") instanceof Json.Arr warnings
                && !warnings.items().isEmpty()) {
            warn("WARNING! The following warnings were returned by the vault:\n");
            for (Json warning : warnings.items()) {
                warn("  * " + Scalars.cell(warning));
            }
        }
    }

    /// @param value none if the answer lacks that field
    public void field(Optional<Json> value, String name) {
        if (value.isEmpty()) {
            throw Failure.local("Field \"" + name + "\" not present in secret");
        }
        String text =
                format == Format.TABLE || format == Format.RAW ? Scalars.cell(value.get()) : formatted(value.get());
        terminal.out().print(text);
        if (terminal.outputIsTerminal()) {
            terminal.out().print('\n');
        }
    }

    private String formatted(Json value) {
        return format == Format.YAML ? Yaml.of(value).stripTrailing() : JsonPrinter.indented(value);
    }
}
