// SPDX-License-Identifier: Apache-2.0

/// The client commands: they talk to a vault over HTTP like any other client, and must answer before a
/// person notices.
///
/// Here are what all commands share and those without a noun of their own; the others stand in a package for each
/// noun, of which only the maker of its commands can be seen from outside.
///
/// Five nouns: the [io.coffer.server.cli.Catalogue] knows the commands by name, a
/// [io.coffer.server.cli.Command] runs one [io.coffer.server.cli.Invocation], which lends it the
/// [io.coffer.server.cli.Api] to ask and the [io.coffer.server.cli.Output] to show. Nothing here may load
/// Vert.x, RocksDB or a logger.
///
/// **Why it is quick.** Only the command that was named is created. Arguments are parsed by
/// [io.coffer.server.cli.ArgumentParser], which follows the field's rules for flags; picocli renders help
/// and completion from the same flags and is loaded for nothing else, since its classes are of Java 5's
/// format, which an AOT cache does not take (60 of 110 ms). On the way of a plain command there is no
/// regular expression, no pattern switch and no record's `equals` or `hashCode`: each links itself at run
/// time.
@NullMarked
package io.coffer.server.cli;

import org.jspecify.annotations.NullMarked;
