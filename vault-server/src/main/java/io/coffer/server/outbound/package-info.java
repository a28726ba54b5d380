// SPDX-License-Identifier: Apache-2.0
/// What the daemon asks of others: key sets over HTTP, directories over LDAP. Each answer is bounded in
/// time and length, and no reason of a failure repeats what was asked or answered.
package io.coffer.server.outbound;
