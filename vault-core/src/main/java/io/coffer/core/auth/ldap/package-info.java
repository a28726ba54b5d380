// SPDX-License-Identifier: Apache-2.0
/// `auth/ldap/`: users who have their passwords in a directory. Which policies they get is said by the
/// [LdapConfig] for all, and by the [Mapping]s for a group or a user.
package io.coffer.core.auth.ldap;
