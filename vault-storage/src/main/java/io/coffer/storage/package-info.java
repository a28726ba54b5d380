// SPDX-License-Identifier: Apache-2.0
/// The disks: where ciphertext lies.
package io.coffer.storage;
