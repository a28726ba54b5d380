// SPDX-License-Identifier: Apache-2.0

/// Counts what happens.
package io.coffer.server.metrics;
