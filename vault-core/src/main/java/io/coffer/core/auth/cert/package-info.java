// SPDX-License-Identifier: Apache-2.0
/// `auth/cert/`: logins with the certificate that a client shows in the TLS handshake. Whom a [CertRole] trusts, and
/// what a certificate must say, stands in the role; what was revoked, in the [RevocationList]s of the mount.
package io.coffer.core.auth.cert;
