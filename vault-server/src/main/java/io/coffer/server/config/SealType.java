// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

/// What wraps the root key.
public enum SealType {
    SHAMIR
}
