// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.Timestamps;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The form in which an answer with content stands, as clients know it: who asked, what it is, how long it lasts.
public final class Envelope {
    private Envelope() {}

    /// The envelope of an answer that has one; nothing for one without content, and for errors.
    ///
    /// @param mountType of the mount that answered
    public static Optional<Json.Obj> of(String requestId, String mountType, Response response) {
        return switch (response) {
            case Response.Ok ok ->
                Optional.of(plain(requestId, mountType, ok.leaseSeconds(), ok.data(), ok.warnings()));
            case Response.Handed once -> of(requestId, mountType, once.answer());
            case Response.Authenticated in ->
                Optional.of(
                        build(requestId, mountType, Lease.of(0), in.data(), in.warnings(), auth(in.auth()), Json.NULL));
            case Response.Leased leased ->
                Optional.of(build(
                        requestId,
                        mountType,
                        new Lease(leased.leaseId(), leased.renewable(), leased.seconds()),
                        leased.data(),
                        leased.warnings(),
                        Json.NULL,
                        Json.NULL));
            case Response.Wrapped wrapped ->
                Optional.of(build("", mountType, Lease.of(0), Json.NULL, List.of(), Json.NULL, wrap(wrapped.info())));
            case Response.Gone gone -> Optional.of(plain(requestId, mountType, 0, gone.data(), gone.warnings()));
            case Response.Accepted taken ->
                taken.warnings().isEmpty()
                        ? Optional.empty()
                        : Optional.of(plain(requestId, mountType, 0, Json.NULL, taken.warnings()));
            case Response.Granted g -> Optional.empty();
            case Response.NoContent n -> Optional.empty();
            case Response.NotFound n -> Optional.empty();
            case Response.Invalid i -> Optional.empty();
            case Response.Denied d -> Optional.empty();
            case Response.NotAllowed n -> Optional.empty();
            case Response.TooLarge t -> Optional.empty();
            case Response.UnsupportedMedia u -> Optional.empty();
            case Response.Busy b -> Optional.empty();
            case Response.Unavailable u -> Optional.empty();
            case Response.Failed f -> Optional.empty();
            case Response.Coded c -> Optional.empty();
            case Response.Plain p -> Optional.empty();
        };
    }

    private record Lease(String id, boolean renewable, long seconds) {
        static Lease of(long seconds) {
            return new Lease("", false, seconds);
        }
    }

    private static Json.Obj plain(
            String requestId, String mountType, long leaseSeconds, Json data, List<String> warnings) {
        return build(requestId, mountType, Lease.of(leaseSeconds), data, warnings, Json.NULL, Json.NULL);
    }

    private static Json.Obj build(
            String requestId, String mountType, Lease lease, Json data, List<String> warnings, Json auth, Json wrap) {
        return Json.object()
                .put("request_id", requestId)
                .put("lease_id", lease.id())
                .put("renewable", lease.renewable())
                .put("lease_duration", lease.seconds())
                .put("data", data)
                .put("wrap_info", wrap)
                .put("warnings", warnings.isEmpty() ? Json.NULL : Json.of(warnings))
                .put("auth", auth)
                .put("mount_type", mountType)
                .build();
    }

    private static Json auth(Auth auth) {
        TreeSet<String> all = new TreeSet<>(auth.tokenPolicies());
        all.addAll(auth.identityPolicies());
        Json.Builder json = Json.object()
                .put("client_token", auth.credential().map(Credential::text).orElse(""))
                .put("accessor", auth.accessor())
                .put("policies", Json.of(List.copyOf(all)));
        if (!auth.tokenPolicies().isEmpty()) {
            json.put("token_policies", Json.of(auth.tokenPolicies()));
        }
        if (!auth.identityPolicies().isEmpty()) {
            json.put("identity_policies", Json.of(auth.identityPolicies()));
        }
        return json.put("metadata", auth.metadata().map(Json::ofTexts).orElse(Json.NULL))
                .put("lease_duration", auth.leaseSeconds())
                .put("renewable", auth.renewable())
                .put("entity_id", auth.entityId())
                .put("token_type", auth.type())
                .put("orphan", auth.orphan())
                .put("mfa_requirement", Json.NULL)
                .put("num_uses", auth.uses())
                .build();
    }

    private static Json wrap(WrapInfo info) {
        Json.Builder json = Json.object()
                .put("token", info.token().text())
                .put("accessor", info.accessor())
                .put("ttl", info.ttlSeconds())
                .put("creation_time", Timestamps.format(info.created()))
                .put("creation_path", info.creationPath());
        if (!info.wrappedAccessor().isEmpty()) {
            json.put("wrapped_accessor", info.wrappedAccessor());
        }
        return json.build();
    }
}
