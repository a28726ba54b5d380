// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.barrier;

/// Encrypted storage.
public final class Barrier {}
