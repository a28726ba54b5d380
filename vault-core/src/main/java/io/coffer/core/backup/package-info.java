// SPDX-License-Identifier: Apache-2.0
/// Ways out of the store: [io.coffer.core.backup.StoreExport] writes every record as it lies on the disk.
package io.coffer.core.backup;
