// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

/// Who may call a route, and in which state of the vault.
public enum Access {
    /// A valid token whose policies allow it; unsealed.
    TOKEN,
    /// A valid token, whatever its policies; unsealed. The handler decides what it may see.
    ANY_TOKEN,
    /// Anyone; unsealed. A token sent along is not looked at.
    ANYONE,
    /// Anyone; unsealed. A valid token sent along tells who it is, whatever its policies; another one counts as none.
    ANYONE_NAMED,
    /// A valid token whose policies allow it with sudo, or nobody in particular: then the handler asks for a
    /// share. Unsealed. A token that is not allowed counts as none.
    TOKEN_OR_SHARE,
    /// As {@link #TOKEN}, or the token of a wrapped answer, whatever its policies; unsealed. Another token
    /// than one of this vault is told that it wraps nothing.
    WRAPPING,
    /// Anyone, also while sealed or not initialized.
    ANY_STATE,
    /// As {@link #TOKEN} while unsealed; otherwise anyone, and nothing happens.
    TOKEN_IF_UNSEALED
}
