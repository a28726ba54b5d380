// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A set of capabilities. With {@link Capability#DENY} there is nothing else in it.
public record Capabilities(int bits) {
    public static final Capabilities NONE = new Capabilities(0);
    public static final Capabilities DENIED = of(Capability.DENY);

    public Capabilities {
        if ((bits & Capability.DENY.bit()) != 0) {
            bits = Capability.DENY.bit();
        }
    }

    public static Capabilities of(Capability... capabilities) {
        int bits = 0;
        for (Capability capability : capabilities) {
            bits |= capability.bit();
        }
        return new Capabilities(bits);
    }

    public Capabilities with(Capabilities other) {
        return new Capabilities(bits | other.bits);
    }

    public boolean has(Capability capability) {
        return (bits & capability.bit()) != 0;
    }

    public boolean hasAny(Capabilities of) {
        return (bits & of.bits) != 0;
    }

    /// Whether something is allowed.
    public boolean grants() {
        return bits != 0 && !has(Capability.DENY);
    }

    /// The names that are set, sorted.
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (has(capability)) {
                names.add(capability.wireName());
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public String toString() {
        return names().toString();
    }
}
