// SPDX-License-Identifier: Apache-2.0

/// `sys/*`: one small class of routes for each noun, gathered into one engine, with no logic of its own.
package io.coffer.core.system;
