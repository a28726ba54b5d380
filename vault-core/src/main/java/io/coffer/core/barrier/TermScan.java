// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import io.coffer.core.CorruptedException;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Stored;
import java.util.Optional;

/// Looks at the header of every value of a scope, a bounded part at a time, for one that needs a term. The
/// census only adds up; this one sees.
///
/// It need not see all of the scope at one moment: a value comes under a term only while that is the
/// primary. So if the keyring is at the end of the scan what it was at the beginning, and the term was not
/// its primary then, what was not found is not there.
///
/// Keyrings are opened as well: all values of a scope are lost with one whose header is bent.
public final class TermScan {
    /// How many values one part looks at.
    private static final int PART = 1_000;

    /// How many bytes one part reads, but for its last value.
    private static final long BYTES = 4L << 20;

    private final Scope scope;
    private final KeyTerm term;
    private final String keyringId;
    private String after = "";

    /// How far it is.
    public enum Found {
        NOTHING_YET,
        /// A value needs the term.
        A_VALUE,
        /// All was looked at.
        NONE
    }

    /// @param keyringId of the scope's keyring when the scan begins
    public TermScan(Scope scope, KeyTerm term, String keyringId) {
        this.scope = scope;
        this.term = term;
        this.keyringId = keyringId;
    }

    /// Whether this is one of that term in that form of the keyring.
    public boolean isOf(Scope otherScope, KeyTerm otherTerm, String otherKeyring) {
        return scope.equals(otherScope) && term.equals(otherTerm) && keyringId.equals(otherKeyring);
    }

    /// Looks at the next part.
    ///
    /// @throws CorruptedException if a keyring does not open, or a file is damaged here
    public Found part(Barrier barrier) {
        return scope.equals(Scope.KEYS) ? keyrings(barrier) : values(barrier);
    }

    private Found values(Barrier barrier) {
        Folder all = Folder.of(scope);
        Page<Stored> page = barrier.storage().inspect(reader -> reader.walk(all, after, PART, BYTES));
        boolean needed = page.items().stream().anyMatch(stored -> stored.value().term() == term.value());
        return found(
                needed, page.more() ? Optional.of(page.items().getLast().key().path()) : Optional.empty());
    }

    private Found keyrings(Barrier barrier) {
        Authentication.Stretch stretch = Authentication.next(barrier, scope, after, PART);
        if (!stretch.bad().isEmpty()) {
            throw new CorruptedException("record " + stretch.bad().getFirst() + " does not open");
        }
        return found(stretch.terms().containsKey(term.value()), stretch.after());
    }

    private Found found(boolean needed, Optional<String> next) {
        if (needed) {
            return Found.A_VALUE;
        }
        after = next.orElse("");
        return next.isPresent() ? Found.NOTHING_YET : Found.NONE;
    }
}
