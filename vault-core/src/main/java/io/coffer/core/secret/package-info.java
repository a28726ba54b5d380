// SPDX-License-Identifier: Apache-2.0
/// Sensitive bytes with one owner: [io.coffer.core.secret.Secret].
package io.coffer.core.secret;
