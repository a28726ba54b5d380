// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.BarrierWriter;

/// Takes a token out of everything that finds it. From then on it is dead, and so is what descends from it.
final class Burial {
    private Burial() {}

    /// @param sparing whether the children live on, as orphans
    static void of(BarrierWriter writer, TokenStore.Found found, boolean sparing) {
        complete(writer, found);
        writer.put(Layout.GONE.key(found.id()), Layout.gone(sparing));
    }

    /// As {@link #of}, of a token that has no children and leaves nothing behind.
    static void complete(BarrierWriter writer, TokenStore.Found found) {
        Token token = found.token();
        writer.delete(Layout.IDS.key(found.id()));
        writer.delete(Layout.ACCESSORS.key(token.accessor()));
        token.life().expires().ifPresent(end -> writer.delete(Layout.due(end, found.id())));
        if (token.parent() != Parent.NONE) {
            writer.delete(Layout.child(token.parent(), found.id()));
        }
    }
}
