// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.policy.PolicyStore;
import io.coffer.core.policy.StoredPolicy;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `sys/policies/acl` and the older `sys/policy`: the policies and their texts.
public final class PolicyRoutes {
    private static final String NAME = "name";
    private static final String LIST_HELP = "List the policies.";
    private static final String READ_HELP = "Return a policy.";
    private static final String DELETE_HELP = "Delete a policy; tokens that have it lose what it allows at once.";
    private static final Field POLICY = Field.text("policy", "The text, in HCL or JSON, plain or in base64.");

    private final PolicyStore policies;

    public PolicyRoutes(PolicyStore policies) {
        this.policies = policies;
    }

    public List<Route> routes() {
        String acl = "policies/acl/:name*";
        String old = "policy/:name*";
        return List.of(
                Route.surveys("policies/acl", Operation.LIST, LIST_HELP, this::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(
                                "policies/detailed/acl",
                                Operation.LIST,
                                "List the policies and what is set.",
                                this::detailed)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys("policy", Operation.LIST, LIST_HELP, this::oldList)
                        .shape(Shape.INJECTED),
                Route.surveys("policy", Operation.READ, LIST_HELP, this::oldList)
                        .shape(Shape.INJECTED),
                Route.surveys(acl, Operation.READ, READ_HELP, (call, reader) -> read(call, reader, "policy")),
                Route.governs(acl, Operation.UPDATE, "Write a policy.", this::write)
                        .with(fields(POLICY)),
                Route.governs(acl, Operation.PATCH, "Change what is set beside a policy, or its text.", this::patch)
                        .with(fields(POLICY)),
                Route.governs(acl, Operation.DELETE, DELETE_HELP, this::delete),
                Route.surveys(old, Operation.READ, READ_HELP, (call, reader) -> read(call, reader, "rules"))
                        .shape(Shape.INJECTED),
                Route.governs(old, Operation.UPDATE, "Write a policy.", this::write)
                        .with(fields(POLICY, Field.text("rules", "An older name of policy.")))
                        .shape(Shape.INJECTED),
                Route.governs(old, Operation.DELETE, DELETE_HELP, this::delete));
    }

    private static Field[] fields(Field... texts) {
        List<Field> all = new ArrayList<>(List.of(texts));
        all.addAll(PolicyRequest.EXTRAS);
        return all.toArray(Field[]::new);
    }

    private Response list(Call call, BarrierReader reader) {
        return Paging.asked(call, paging -> {
            if (paging.after().equals(PolicyName.ROOT.value())) {
                return Response.ABSENT;
            }
            Listing listing = Listing.below(reader, PolicyStore.RECORDS, paging);
            boolean full = paging.limit() > 0 && listing.names().size() >= paging.limit();
            return new Response.Ok(
                    Json.object()
                            .put("keys", Json.of(full ? listing.names() : names(listing)))
                            .build(),
                    0,
                    listing.warnings());
        });
    }

    private Response oldList(Call call, BarrierReader reader) {
        Listing listing = Listing.below(reader, PolicyStore.RECORDS, new Paging("", 0));
        Json names = Json.of(names(listing));
        return new Response.Ok(
                Json.object().put("keys", names).put("policies", names).build(), 0, listing.warnings());
    }

    private Response detailed(Call call, BarrierReader reader) {
        return Paging.asked(call, paging -> {
            Listing listing = Listing.below(reader, PolicyStore.RECORDS, paging);
            Json.Builder all = Json.object();
            for (String name : listing.names()) {
                policies.find(reader, PolicyName.of(name))
                        .ifPresent(found -> all.put(
                                name, extras(Json.object(), found.extras()).build()));
            }
            return new Response.Ok(listing.keys().put("key_info", all.build()).build(), 0, listing.warnings());
        });
    }

    /// Root has no record and stands at the end, after whatever is greater.
    private static List<String> names(Listing listing) {
        List<String> names = new ArrayList<>(listing.names());
        if (!listing.cut()) {
            names.add(PolicyName.ROOT.value());
        }
        return names;
    }

    private Response read(Call call, BarrierReader reader, String member) {
        Optional<PolicyName> name = name(call);
        if (name.isEmpty()) {
            return nameless(call);
        }
        Json.Builder data = Json.object().put(NAME, name.get().value());
        if (name.get().isRoot()) {
            return new Response.Ok(data.put(member, "").build());
        }
        Optional<StoredPolicy> found = policies.find(reader, name.get());
        if (found.isEmpty()) {
            return Response.ABSENT;
        }
        data.put(member, found.get().text());
        StoredPolicy.Extras extras = found.get().extras();
        return new Response.Ok((extras.shown() ? extras(data, extras) : data).build());
    }

    private Response write(Call call, BarrierWriter writer) {
        return changing(call, name -> {
            PolicyRequest request = new PolicyRequest(call.request().values(), call.now());
            return switch (request.written(policies.find(writer, name))) {
                case PolicyRequest.Outcome.Bad(String error) -> new Response.Invalid(error);
                case PolicyRequest.Outcome.Good(StoredPolicy policy) -> {
                    policies.put(writer, name, policy);
                    List<String> warnings = new ArrayList<>();
                    if (!call.request().values().captured(NAME).equals(name.value())) {
                        warnings.add("policy name was converted to " + name);
                    }
                    if (request.usesRules()) {
                        warnings.add("'rules' is deprecated, please use 'policy' instead");
                    }
                    yield warnings.isEmpty() ? Response.NO_CONTENT : new Response.Ok(Json.NULL, 0, warnings);
                }
            };
        });
    }

    private Response patch(Call call, BarrierWriter writer) {
        return changing(call, name -> {
            Optional<StoredPolicy> before = policies.find(writer, name);
            if (before.isEmpty()) {
                return new Response.Invalid("policy does not exist");
            }
            PolicyRequest request = new PolicyRequest(call.request().values(), call.now());
            return switch (request.patched(before.get())) {
                case PolicyRequest.Outcome.Bad(String error) -> new Response.Invalid(error);
                case PolicyRequest.Outcome.Good(StoredPolicy policy) -> {
                    policies.put(writer, name, policy);
                    yield new Response.Ok(extras(Json.object(), policy.extras()).build());
                }
            };
        });
    }

    private Response delete(Call call, BarrierWriter writer) {
        Optional<PolicyName> name = name(call);
        if (name.isEmpty()) {
            return nameless(call);
        }
        if (name.get().equals(PolicyName.DEFAULT)) {
            return new Response.Invalid("cannot delete default policy");
        }
        if (isBuiltIn(name.get())) {
            return new Response.Invalid("cannot delete \"" + name.get() + "\" policy");
        }
        policies.delete(writer, name.get());
        return Response.NO_CONTENT;
    }

    /// The name in its one form, if the path holds one.
    private static Optional<PolicyName> name(Call call) {
        String given = call.request().values().captured(NAME);
        boolean proper = PolicyName.refusal(given).isEmpty()
                && !call.request().incoming().path().isFolder();
        return proper ? Optional.of(PolicyName.of(given)) : Optional.empty();
    }

    /// What a path without a name, or with an impossible one, answers.
    private static Response nameless(Call call) {
        String given = call.request().values().captured(NAME);
        if (given.isEmpty()) {
            return new Response.NotAllowed(Response.wrapped("unsupported operation"));
        }
        if (call.request().incoming().path().isFolder()) {
            return new Response.NotFound(Response.wrapped("unsupported path"));
        }
        return call.request().incoming().operation() == Operation.READ
                ? Response.ABSENT
                : new Response.Invalid(PolicyName.refusal(given));
    }

    /// Answers with the work's answer for a policy that may be changed.
    private static Response changing(Call call, Function<PolicyName, Response> work) {
        Optional<PolicyName> name = name(call);
        if (name.isEmpty()) {
            return nameless(call);
        }
        return isBuiltIn(name.get())
                ? new Response.Invalid("cannot update \"" + name.get() + "\" policy")
                : work.apply(name.get());
    }

    private static boolean isBuiltIn(PolicyName name) {
        return name.isRoot() || name.equals(PolicyName.RESPONSE_WRAPPING);
    }

    private static Json.Builder extras(Json.Builder data, StoredPolicy.Extras extras) {
        data.put("version", extras.version())
                .put("cas_required", extras.casRequired())
                .put("modified", Timestamps.format(extras.modified()));
        extras.expiration().ifPresent(end -> data.put("expiration", Timestamps.format(end)));
        return data.put("allow_wildcards_in_identity_templates", extras.wildcards())
                .put("allow_slashes_in_identity_templates", extras.slashes());
    }
}
