// SPDX-License-Identifier: Apache-2.0

/// The HTTP/1.1 client of the command line: small, since a command must answer before a person notices, and
/// with what the JDK's own clients lack (PATCH, LIST, Unix sockets).
///
/// Four nouns: an [io.coffer.server.cli.wire.Address] says where the vault is, a
/// [io.coffer.server.cli.wire.Link] is an open connection to it, an [io.coffer.server.cli.wire.HttpCall]
/// goes out on it, and an [io.coffer.server.cli.wire.HttpAnswer] comes back.
@NullMarked
package io.coffer.server.cli.wire;

import org.jspecify.annotations.NullMarked;
