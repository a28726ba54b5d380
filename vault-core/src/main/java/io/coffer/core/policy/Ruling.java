// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.Optional;

/// What the policies of a caller say to a request.
public sealed interface Ruling {
    /// The rule that applies, if a rule decided: root needs none.
    Optional<Rule> rule();

    record Allowed(Optional<Rule> rule) implements Ruling {
        static final Allowed WITHOUT_RULE = new Allowed(Optional.empty());
    }

    /// @param parameter the name of the one that is missing or may not be there; else empty
    /// @param rule empty if no rule is for this path
    record Refused(Reason reason, String parameter, Optional<Rule> rule) implements Ruling {
        static final Refused NO_RULE = new Refused(Reason.NO_RULE, "", Optional.empty());
    }

    /// Why something is refused.
    enum Reason {
        NO_RULE,
        /// The rule denies.
        DENIED,
        /// The rule allows other things.
        CAPABILITY,
        /// The path asks for sudo as well.
        SUDO,
        /// The answer must be asked to be wrapped, or for a shorter or longer time.
        WRAPPING,
        PARAMETER
    }
}
