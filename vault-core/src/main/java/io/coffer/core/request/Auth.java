// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client learns of a token that was made or renewed for it.
///
/// @param credential its text; empty where only the accessor was named
/// @param tokenPolicies those of the token itself
/// @param identityPolicies those of its entity and groups
/// @param metadata empty for none
/// @param leaseSeconds how long it lives; 0 for ever
/// @param type `service` or `batch`
/// @param uses how many requests it is good for; 0 for any number
public record Auth(
        Optional<Credential> credential,
        String accessor,
        List<String> tokenPolicies,
        List<String> identityPolicies,
        Optional<Map<String, String>> metadata,
        long leaseSeconds,
        boolean renewable,
        String entityId,
        String type,
        boolean orphan,
        long uses) {
    public Auth {
        tokenPolicies = List.copyOf(tokenPolicies);
        identityPolicies = List.copyOf(identityPolicies);
        metadata = metadata.map(Map::copyOf);
    }
}
