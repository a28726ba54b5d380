// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Timestamps;
import io.coffer.core.request.Auth;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.WrapInfo;
import java.util.List;
import java.util.Map;

/// What an entry tells of tokens, leases and wrapped answers that a client got: never what opens something.
final class Granted {
    private final LineWriter out;
    private final Redaction redaction;
    private final boolean hideAccessor;

    Granted(LineWriter out, Redaction redaction, boolean hideAccessor) {
        this.out = out;
        this.redaction = redaction;
        this.hideAccessor = hideAccessor;
    }

    void auth(Auth auth) {
        out.json(",\"auth\":{\"client_token\":")
                .string(redaction.hidden(auth.credential().map(Credential::text).orElse("")));
        out.json(",\"accessor\":").string(accessor(auth.accessor()));
        names("policies", auth.tokenPolicies());
        if (!auth.identityPolicies().isEmpty()) {
            names("identity_policies", auth.identityPolicies());
        }
        if (!auth.entityId().isEmpty()) {
            out.json(",\"entity_id\":").string(auth.entityId());
        }
        out.json(",\"token_type\":").string(auth.type());
        out.json(",\"token_ttl\":").number(auth.leaseSeconds());
        auth.metadata().ifPresent(this::metadata);
        out.put('}');
    }

    void lease(String leaseId) {
        out.json(",\"secret\":{\"lease_id\":").string(leaseId).put('}');
    }

    void wrapped(WrapInfo info) {
        out.json(",\"wrap_info\":{\"token\":")
                .string(redaction.hidden(info.token().text()));
        out.json(",\"accessor\":").string(accessor(info.accessor()));
        out.json(",\"ttl\":").number(info.ttlSeconds());
        out.json(",\"creation_time\":").string(Timestamps.format(info.created()));
        out.json(",\"creation_path\":").string(info.creationPath());
        if (!info.wrappedAccessor().isEmpty()) {
            out.json(",\"wrapped_accessor\":").string(accessor(info.wrappedAccessor()));
        }
        out.put('}');
    }

    private void metadata(Map<String, String> metadata) {
        redaction.member("metadata", Json.ofTexts(metadata), Map.of(), Integer.MAX_VALUE / 2);
    }

    private void names(String name, List<String> names) {
        out.json(",\"").json(name).json("\":[");
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            out.string(names.get(i));
        }
        out.put(']');
    }

    private String accessor(String accessor) {
        return hideAccessor ? redaction.hidden(accessor) : accessor;
    }
}
