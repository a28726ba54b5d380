// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import io.coffer.core.barrier.BarrierWriter;

/// Takes secrets back.
public interface Revoker {
    /// Takes one back in this transaction.
    ///
    /// @return why that cannot be done now, without any value; empty if it is done
    String revoke(BarrierWriter writer, Lease lease);
}
