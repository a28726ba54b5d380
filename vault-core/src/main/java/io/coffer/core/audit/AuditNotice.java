// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.request.Incoming;

/// What is told of a request that was answered without a key: while sealed, or by a route that works in any
/// state. It holds no secret and nothing made of one.
///
/// @param address where it came from; empty for a Unix socket
/// @param outcome a text of ours, as `share accepted, 2 of 3` or `Vault is sealed`
/// @param shareIndex the x of the share handed in; 0 if there was none or it is not known
/// @param shareGeneration the generation that the share belongs to; 0 if it is not known
/// @param refused whether nothing has happened; equal refusals are counted and make one entry together
public record AuditNotice(
        String operation,
        String path,
        String address,
        String outcome,
        int shareIndex,
        int shareGeneration,
        boolean refused) {
    /// Stands for all refusals beyond those that are counted apart.
    static final AuditNotice OTHERS = new AuditNotice("", "", "", "other refusals", 0, 0, true);

    public static AuditNotice done(Incoming incoming, String outcome) {
        return of(incoming, outcome, false);
    }

    public static AuditNotice refused(Incoming incoming, String outcome) {
        return of(incoming, outcome, true);
    }

    public AuditNotice withShare(int index, int generation) {
        return new AuditNotice(operation, path, address, outcome, index, generation, refused);
    }

    private static AuditNotice of(Incoming incoming, String outcome, boolean refused) {
        return new AuditNotice(
                incoming.operation().wireName(),
                incoming.path().value(),
                incoming.origin().address(),
                outcome,
                0,
                0,
                refused);
    }
}
