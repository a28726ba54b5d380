// SPDX-License-Identifier: Apache-2.0

/// Passwords made by rule: `PasswordRules` says which ones are good, and `PasswordGenerator` draws one of
/// these, each as likely as every other.
package io.coffer.core.password;
