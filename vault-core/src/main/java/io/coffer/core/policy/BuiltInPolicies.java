// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import java.time.Instant;

/// The texts that every vault begins with.
final class BuiltInPolicies {
    static final String DEFAULT = """
            # A token may look itself up, renew itself and revoke itself.
            path "auth/token/lookup-self" {
              capabilities = ["read"]
            }
            path "auth/token/renew-self" {
              capabilities = ["update"]
            }
            path "auth/token/revoke-self" {
              capabilities = ["update"]
            }

            # It may ask what it may do.
            path "sys/capabilities-self" {
              capabilities = ["update"]
            }
            path "sys/internal/ui/resultant-acl" {
              capabilities = ["read"]
            }

            # It may ask why, about itself alone.
            path "sys/policies/explain" {
              capabilities = ["update"]
              denied_parameters = { "token" = [], "accessor" = [], "policies" = [] }
            }

            # It may read the entity that it belongs to.
            path "identity/entity/id/{{identity.entity.id}}" {
              capabilities = ["read"]
            }
            path "identity/entity/name/{{identity.entity.name}}" {
              capabilities = ["read"]
            }

            # It may renew and look up leases whose ids it knows.
            path "sys/renew" {
              capabilities = ["update"]
            }
            path "sys/leases/renew" {
              capabilities = ["update"]
            }
            path "sys/leases/lookup" {
              capabilities = ["update"]
            }

            # It has a cubbyhole of its own.
            path "cubbyhole/*" {
              capabilities = ["create", "read", "update", "delete", "list"]
            }

            # It may wrap any data, and look up and unwrap what was wrapped.
            path "sys/wrapping/wrap" {
              capabilities = ["update"]
            }
            path "sys/wrapping/lookup" {
              capabilities = ["update"]
            }
            path "sys/wrapping/unwrap" {
              capabilities = ["update"]
            }

            # It may hash, ask for the approval of others, and log in to OIDC providers.
            path "sys/tools/hash" {
              capabilities = ["update"]
            }
            path "sys/tools/hash/*" {
              capabilities = ["update"]
            }
            path "sys/control-group/request" {
              capabilities = ["update"]
            }
            path "identity/oidc/provider/+/authorize" {
              capabilities = ["read", "update"]
            }
            """;

    static final StoredPolicy RESPONSE_WRAPPING = PolicyStore.plain("""
            path "cubbyhole/response" {
              capabilities = ["create", "read"]
            }
            path "sys/wrapping/unwrap" {
              capabilities = ["update"]
            }
            """, Instant.EPOCH);

    private BuiltInPolicies() {}
}
