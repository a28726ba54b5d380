// SPDX-License-Identifier: Apache-2.0

/// What the process does so that nobody finds a key in its memory: no core dumps, no attaching, no
/// swapping, and a heap that is scrubbed after sealing. Signals stand here too.
package io.coffer.server.hardening;
