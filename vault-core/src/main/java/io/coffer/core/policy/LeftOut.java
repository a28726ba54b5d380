// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

/// A policy of a caller, or a path of one, that counts for nothing now.
///
/// @param label the path as it stands in the policy; empty if all of it is meant
/// @param line of the path
public record LeftOut(PolicyName policy, String label, int line, Why why) {
    public enum Why {
        ABSENT("is not there"),
        ENDED("has ended"),
        UNFILLED("has a template that this caller has no value for"),
        FORBIDDEN("becomes, filled in, a path that no rule can be for");

        private final String text;

        Why(String text) {
            this.text = text;
        }
    }

    static LeftOut whole(PolicyName policy, Why why) {
        return new LeftOut(policy, "", 0, why);
    }

    /// For people.
    public String text() {
        String name = "policy " + PolicyParser.shown(policy.value());
        return label.isEmpty()
                ? name + " " + why.text
                : name + ", line " + line + ": path " + PolicyParser.shown(label) + " " + why.text;
    }
}
