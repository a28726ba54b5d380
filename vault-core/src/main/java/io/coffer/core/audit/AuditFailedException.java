// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

/// No audit device has taken an entry, so what it tells of must not happen or not be answered.
public final class AuditFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AuditFailedException() {
        super("no audit device has taken the entry");
    }
}
