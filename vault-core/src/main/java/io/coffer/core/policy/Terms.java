// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.Optional;

/// What a rule says of the requests that it is for.
///
/// @param pageLimit the most entries that a list may be asked for; 0 for no bound
/// @param filter which entries of a list are shown
record Terms(
        Capabilities capabilities,
        ParameterRules parameters,
        WrapRange wrapping,
        long pageLimit,
        Optional<KeyFilter> filter) {
    static final Terms DENIED = new Terms(Capabilities.DENIED, ParameterRules.NONE, WrapRange.ANY, 0, Optional.empty());

    Terms {
        if (capabilities.has(Capability.DENY)) {
            parameters = ParameterRules.NONE;
            wrapping = WrapRange.ANY;
            pageLimit = 0;
            filter = Optional.empty();
        }
    }

    /// What holds where two policies, or one twice, speak of the same path.
    Terms with(Terms other) {
        if (capabilities.has(Capability.DENY) || other.capabilities.has(Capability.DENY)) {
            return DENIED;
        }
        long page = pageLimit == 0 || other.pageLimit == 0
                ? Math.max(pageLimit, other.pageLimit)
                : Math.min(pageLimit, other.pageLimit);
        return new Terms(
                capabilities.with(other.capabilities),
                parameters.with(other.parameters),
                wrapping.with(other.wrapping),
                page,
                filter.or(other::filter));
    }
}
