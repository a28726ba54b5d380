// SPDX-License-Identifier: Apache-2.0
/// `auth/jwt/` and `auth/oidc/`: logins with tokens that somebody else has signed. Whose keys count stands
/// in the [JwtConfig]; what a token must say, and what tokens of the vault it leads to, in a [JwtRole].
/// Keys that are fetched are kept in the mount ([KeySource]), so a login asks others at most now and then.
package io.coffer.core.auth.jwt;
