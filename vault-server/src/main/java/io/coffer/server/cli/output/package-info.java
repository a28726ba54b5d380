// SPDX-License-Identifier: Apache-2.0

/// How the command line shows what the vault answered: as tables that people and scripts of the field know
/// by heart, as JSON, or as YAML.
@NullMarked
package io.coffer.server.cli.output;

import org.jspecify.annotations.NullMarked;
