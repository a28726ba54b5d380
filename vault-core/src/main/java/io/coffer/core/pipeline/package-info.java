// SPDX-License-Identifier: Apache-2.0

/// The one road from a request to its answer: `RequestPipeline` composes the steps, and each step is a class of its
/// own.
package io.coffer.core.pipeline;
