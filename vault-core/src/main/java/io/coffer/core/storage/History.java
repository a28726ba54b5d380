// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// What memory holds of the commits so far: when a key last changed, and what the last ones put there.
class History {
    private final Stamps stamps;
    private final RecentHeaders headers;

    History(Stamps stamps) {
        this(stamps, new RecentHeaders());
    }

    History(Stamps stamps, RecentHeaders headers) {
        this.stamps = stamps;
        this.headers = headers;
    }

    final Stamps stamps() {
        return stamps;
    }

    final RecentHeaders headers() {
        return headers;
    }

    /// Whether the census is told of what changes in a scope, and must know what is replaced there.
    boolean counts(Scope scope) {
        return scope.counted();
    }
}
