// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.token.Token;

/// What the policies say, as far as tokens ask.
public interface Rights {
    /// Whether the caller has the right `sudo` on the path that he calls.
    boolean sudo(BarrierReader reader, Call call);

    /// Whether there is a policy of this name.
    boolean exists(BarrierReader reader, String policy);

    /// Where nobody but root has any.
    static Rights ofRoot() {
        return new Rights() {
            @Override
            public boolean sudo(BarrierReader reader, Call call) {
                return call.caller().policies().contains(Token.ROOT_POLICY);
            }

            @Override
            public boolean exists(BarrierReader reader, String policy) {
                return policy.equals(Token.ROOT_POLICY);
            }
        };
    }
}
