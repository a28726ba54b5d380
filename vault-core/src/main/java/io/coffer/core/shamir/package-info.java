// SPDX-License-Identifier: Apache-2.0
/// Shamir's secret sharing, byte by byte over GF(2^8): [io.coffer.core.shamir.Shamir] splits a secret into
/// [io.coffer.core.shamir.Share]s and joins them again.
package io.coffer.core.shamir;
