// SPDX-License-Identifier: Apache-2.0

/// What `scripts/bench` runs: a daemon as users start it, put under load from outside, beside what bounds
/// it: a server that does nothing but answer, and a disk that does nothing but sync. Uses the JDK and
/// Vert.x alone.
package io.coffer.server.bench;
