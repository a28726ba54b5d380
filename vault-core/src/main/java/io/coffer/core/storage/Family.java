// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

/// A part of the disk with options of its own.
public enum Family {
    /// Every encrypted value that is not a key.
    ENTRIES,
    /// The seal record and all keyrings: apart, uncompressed and compacted by itself, so that an old key
    /// can be erased.
    KEYS,
    /// The census, in clear: one total for each scope and term.
    TALLY
}
