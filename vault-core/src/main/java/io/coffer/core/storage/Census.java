// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.SortedMap;

/// How much is encrypted under which term.
public interface Census {
    /// The totals of a scope by term, as the newest durable state holds them: exact after a crash, and
    /// not to be trusted against somebody who can write the disk.
    SortedMap<Integer, Tally> census(Scope scope);
}
