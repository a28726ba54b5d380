// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.time.Duration;

/// Leave to take long. Whoever is given one runs on the pool for slow work, outside the door and outside any
/// transaction; what takes long asks for one, so in a transaction it does not compile.
@FunctionalInterface
public interface Slow {
    /// How long the request has left. Asked before each piece of slow work.
    ///
    /// @throws DeadlineExceededException if nothing is left
    Duration left();
}
