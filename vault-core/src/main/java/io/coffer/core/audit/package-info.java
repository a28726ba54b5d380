// SPDX-License-Identifier: Apache-2.0
/// Who did what: the [io.coffer.core.audit.AuditLog] makes an entry of each request and of its answer, in
/// which every value is an HMAC, and hands it to every [io.coffer.core.audit.AuditDevice]. What is told of
/// a request is its [io.coffer.core.audit.AuditFacts]; of one that was answered without a key, an
/// [io.coffer.core.audit.AuditNotice].
package io.coffer.core.audit;
