// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

/// What a request asks of a path. POST and PUT are both {@link #UPDATE}; whether that needs the capability
/// to create or to update depends on what is there.
public enum Operation {
    READ,
    LIST,
    SCAN,
    UPDATE,
    PATCH,
    DELETE,
    HELP;

    /// The name in audit entries and policies.
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
