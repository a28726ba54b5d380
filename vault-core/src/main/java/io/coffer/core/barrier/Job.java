// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

import java.time.Duration;
import java.util.Optional;

/// Background work in bounded steps. A step is short transactions that also write how far it came, so a
/// kill or a seal between steps needs no case of its own.
public interface Job {
    /// The name in logs and metrics.
    String name();

    /// Does one step.
    ///
    /// @return when to come again, zero for at once; empty if there is nothing to do until the vault
    ///     unseals again or a request makes more work
    Optional<Duration> step(Barrier barrier);

    /// Whether it rests as long as it wants to between two steps, and not for as long as it worked.
    default boolean isPaced() {
        return false;
    }
}
