// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.concurrent.CompletableFuture;

/// A transaction that has run and waits for the disk.
///
/// @param bytes what it weighs while it waits
/// @param stage what its caller holds
/// @param durable completes the stage with what the work returned or threw
record Accepted(Transaction transaction, long bytes, CompletableFuture<?> stage, Runnable durable) {}
