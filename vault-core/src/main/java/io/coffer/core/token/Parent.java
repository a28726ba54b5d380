// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

/// What a token dies with.
public sealed interface Parent {
    Parent NONE = new Nothing();

    /// It stands for itself.
    record Nothing() implements Parent {}

    /// @param id the stored name of the token that made it
    record OfToken(String id) implements Parent {}

    /// @param uuid the login mount that let it in
    record OfMount(String uuid) implements Parent {}
}
