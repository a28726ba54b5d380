// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

/// How the data of an answer stands in it.
public enum Shape {
    /// Under `data` in the envelope.
    ENVELOPE,
    /// Under `data`, and each member once more at the top level.
    INJECTED,
    /// Bare, without an envelope.
    RAW
}
