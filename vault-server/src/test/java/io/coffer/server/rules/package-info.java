// SPDX-License-Identifier: Apache-2.0
/// The rules of style that a program can check, over the sources of all modules.
package io.coffer.server.rules;
