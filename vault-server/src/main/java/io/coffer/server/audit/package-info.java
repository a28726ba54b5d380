// SPDX-License-Identifier: Apache-2.0
/// Where audit lines end up: an [io.coffer.server.audit.AuditFile] is opened without following a link, a
/// [io.coffer.server.audit.FileSink] writes to it on a thread of its own, and
/// [io.coffer.server.audit.AuditSinks] makes both from the configuration.
package io.coffer.server.audit;
