// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Optional;

/// What a transaction stands on: a durable snapshot, and what was accepted since or nothing of that.
record Ground(Snapshot snapshot, Overlay overlay, History history) {
    Optional<Ciphertext> value(Touched entry) {
        Optional<Touched> accepted = overlay.find(entry.key());
        if (accepted.isPresent()) {
            return accepted.get().value();
        }
        Scope scope = entry.key().scope();
        return overlay.hides(scope)
                ? Optional.empty()
                : snapshot.view().get(scope.family(), entry.encoded()).map(Ciphertext::new);
    }

    /// Finds what the census has to know of the value that lies under a key. It may be what a transaction
    /// has put there that is newer than this state; see {@link RecentHeaders}.
    void findHeader(Touched entry) {
        if (history.headers().find(entry)) {
            return;
        }
        Optional<Touched> accepted = overlay.find(entry.key());
        if (accepted.isPresent()) {
            accepted.get().value().ifPresentOrElse(v -> entry.found(v.term(), v.length()), entry::foundNothing);
        } else if (overlay.hides(entry.key().scope())) {
            entry.foundNothing();
        } else {
            readHeader(entry);
        }
    }

    private void readHeader(Touched entry) {
        byte[] header = new byte[Ciphertext.HEADER_BYTES];
        int length = snapshot.view().head(entry.key().scope().family(), entry.encoded(), header);
        if (length == Disk.ABSENT) {
            entry.foundNothing();
        } else {
            entry.found(Ciphertext.term(header, length), length);
        }
    }
}
