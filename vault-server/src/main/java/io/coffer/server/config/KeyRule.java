// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

/// What becomes of a key that somebody may write.
sealed interface KeyRule {
    /// One value; twice in one file is an error, and a later file's counts.
    record Setting() implements KeyRule {}

    /// A block, which may stand more than once.
    record Stanza() implements KeyRule {}

    /// Known to the field and not to us, harmless to lack: a warning.
    record Ignored(String why) implements KeyRule {}

    /// Known to the field and not to us, and who wrote it relies on it: an error.
    record Refused(String why) implements KeyRule {}

    /// We behave as if it had this value: that value is fine, the other one is an error.
    record Only(boolean value, String why) implements KeyRule {}

    /// We behave as if it had this value: that value is fine, the other one a warning.
    record Always(boolean value, String why) implements KeyRule {}
}
