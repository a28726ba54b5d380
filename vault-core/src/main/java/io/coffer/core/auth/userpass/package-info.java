// SPDX-License-Identifier: Apache-2.0
/// `auth/userpass/`: users with passwords. A password is hashed and checked outside any transaction, and whoever is
/// refused learns nothing of who is there: not by a text, not by the work done, not by a lockout.
package io.coffer.core.auth.userpass;
