// SPDX-License-Identifier: Apache-2.0
/// The configuration: files, environment and flags become one checked {@code ServerConfig}, or one error
/// that names file and line. A {@code ConfigLoader} reads; everything else is a value.
package io.coffer.server.config;
