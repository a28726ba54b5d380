// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;

/// What is kept for a token elsewhere and goes with it.
public interface Belongings {
    boolean any(BarrierReader reader, String id);

    /// Clears a bounded part away.
    ///
    /// @return whether something remains
    boolean clear(BarrierWriter writer, String id);
}
