// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.List;

/// A part of a list in byte order.
///
/// @param items what this page holds
/// @param more whether there is at least one item after the last of these
public record Page<T>(List<T> items, boolean more) {
    public Page {
        items = List.copyOf(items);
    }
}
