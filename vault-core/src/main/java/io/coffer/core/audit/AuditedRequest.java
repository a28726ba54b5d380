// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The lines of a request's entry, and where in each of them stands what its answer's entry repeats: who
/// and what.
public final class AuditedRequest extends AuditLines {
    /// Of a request that is told by notices alone: entries made of it are none too.
    public static final AuditedRequest NONE = new AuditedRequest(List.of());

    private final List<Line> parts;

    /// @param from where the repeated part begins
    /// @param to where it ends
    /// @param shown names of members that stand in clear in the answer's entry
    record Line(byte[] bytes, int from, int to, Set<String> shown) {}

    AuditedRequest(List<Line> parts) {
        super(bytes(parts));
        this.parts = List.copyOf(parts);
    }

    Line part(int device) {
        return parts.get(device);
    }

    private static List<byte[]> bytes(List<Line> parts) {
        List<byte[]> lines = new ArrayList<>(parts.size());
        parts.forEach(part -> lines.add(part.bytes));
        return lines;
    }
}
