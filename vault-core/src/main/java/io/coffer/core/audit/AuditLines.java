// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.util.List;

/// The lines of an entry, one for each device in the log's order. They hold no key and can be written after
/// the vault has sealed.
public sealed class AuditLines permits AuditedRequest {
    private final List<byte[]> lines;

    AuditLines(List<byte[]> lines) {
        this.lines = List.copyOf(lines);
    }

    byte[] line(int device) {
        return lines.get(device);
    }
}
