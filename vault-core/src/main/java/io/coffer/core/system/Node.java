// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import java.util.function.BooleanSupplier;

/// What this process says of itself.
///
/// @param apiVersion the level of the API that clients test for, as `1.17.0+coffer`
/// @param buildDate RFC 3339
/// @param storageType as `rocksdb`
/// @param clusterName empty for one made of the store's id
/// @param storageFailed whether the disk has failed, so that nothing is acknowledged any more
public record Node(
        String apiVersion, String buildDate, String storageType, String clusterName, BooleanSupplier storageFailed) {}
