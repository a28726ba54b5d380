// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

/// Takes what happened. Called on the thread where it happened, so it returns at once and never throws.
@FunctionalInterface
public interface Observer {
    void observe(Event event);

    /// One that looks away.
    static Observer none() {
        return event -> {};
    }
}
