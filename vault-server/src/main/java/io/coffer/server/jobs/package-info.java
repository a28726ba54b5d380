// SPDX-License-Identifier: Apache-2.0

/// Background work: one timer steps the core's jobs.
package io.coffer.server.jobs;
