// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.barrier.BarrierReader;
import java.util.Optional;

/// Tells who an entity is; identity knows.
public interface Subjects {
    /// What the snapshot says of an entity; empty if there is none any more, or it is disabled: its tokens let nobody
    /// in.
    Optional<Subject> of(BarrierReader reader, String entityId);
}
