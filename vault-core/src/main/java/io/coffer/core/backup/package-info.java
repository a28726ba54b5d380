// SPDX-License-Identifier: Apache-2.0
/// The store as a whole: [io.coffer.core.backup.StoreExport] writes every record as it lies on the disk, and
/// [io.coffer.core.backup.Verification] opens every value.
package io.coffer.core.backup;
