// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.util.concurrent.CompletionStage;

/// Where audit entries go. It has a thread of its own: no method waits.
public interface AuditDevice {
    /// 1 to 128 of the characters `a-z`, `A-Z`, `0-9`, `.`, `_` and `-`; it names the device's HMAC key in
    /// storage.
    String name();

    AuditOptions options();

    /// Takes whole lines, each with its line end, and keeps their order. Completes when the system has
    /// taken them; fails when it has not, or when more lines wait already than the device holds.
    CompletionStage<Void> write(byte[] lines);

    /// Opens anew what was renamed or rotated away. When that fails, the device goes on with what it had.
    CompletionStage<Void> reopen();
}
