// SPDX-License-Identifier: Apache-2.0

/// Log lines: one form for people, one for machines, made in code and never from a file that somebody could leave
/// about.
package io.coffer.server.logging;
