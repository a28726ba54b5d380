// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import io.coffer.core.token.PolicyNames;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// `config`, `groups` and `users`: which directory is asked, and what its groups and users get.
final class LdapRoutes {
    private LdapRoutes() {}

    static List<Route> routes() {
        return Stream.of(config(), mappings("groups", Mapping.Kind.GROUP), mappings("users", Mapping.Kind.USER))
                .flatMap(routes -> routes)
                .toList();
    }

    private static Stream<Route> config() {
        return Stream.of(
                Route.reads(
                        "config",
                        Operation.READ,
                        "Return which directory is asked.",
                        (call, reader) -> Response.found(
                                LdapConfig.find(reader, folder(call)).map(LdapConfig::describe))),
                Route.writes("config", Operation.UPDATE, "Say which directory is asked.", LdapRoutes::configure)
                        .with(LdapConfig.FIELDS));
    }

    private static Response configure(Call call, Writer<Plaintext> writer) {
        LdapConfig before = LdapConfig.find(writer, folder(call)).orElseGet(LdapConfig::fresh);
        Values values = call.request().values();
        return TokenFields.change(before.rules(), values, rules -> {
            LdapConfig config = before.changed(values, rules);
            String refusal = config.refusal(values);
            if (!refusal.isEmpty()) {
                return new Response.Invalid(refusal);
            }
            config.save(writer, folder(call));
            return Response.NO_CONTENT;
        });
    }

    private static Stream<Route> mappings(String path, Mapping.Kind kind) {
        return Stream.of(
                Route.reads(
                                path,
                                Operation.LIST,
                                "List those that get something here.",
                                (call, reader) -> Listing.answer(call, reader, kind.folder(folder(call))))
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(
                        path + "/:name",
                        Operation.READ,
                        "Return what one gets.",
                        (call, reader) -> named(
                                call,
                                reader,
                                name -> Response.found(Mapping.find(reader, folder(call), kind, name)
                                        .map(found -> describe(kind, found))))),
                Route.writes(
                                path + "/:name",
                                Operation.UPDATE,
                                "Say what one gets.",
                                (call, writer) -> write(call, writer, kind))
                        .with(
                                Field.texts("policies", "The policies."),
                                Field.texts("groups", "Of a user: groups beside those of the directory.")),
                Route.writes(
                        path + "/:name",
                        Operation.DELETE,
                        "Forget one.",
                        (call, writer) -> named(call, writer, name -> {
                            Mapping.delete(writer, folder(call), kind, name);
                            return Response.NO_CONTENT;
                        })));
    }

    private static Response write(Call call, Writer<Plaintext> writer, Mapping.Kind kind) {
        return named(call, writer, name -> {
            Values values = call.request().values();
            Mapping before = Mapping.find(writer, folder(call), kind, name).orElse(Mapping.NOTHING);
            List<String> policies = values.strings("policies").orElse(before.policies());
            String refusal = PolicyNames.refusal(policies);
            if (!refusal.isEmpty()) {
                return new Response.Invalid(refusal);
            }
            List<String> groups = values.strings("groups").orElse(before.groups());
            new Mapping(policies, groups).save(writer, folder(call), kind, name);
            return Response.NO_CONTENT;
        });
    }

    private static Json describe(Mapping.Kind kind, Mapping mapping) {
        Json.Builder data = Json.object().put("policies", Json.of(mapping.policies()));
        return kind == Mapping.Kind.USER
                ? data.put("groups", String.join(",", mapping.groups())).build()
                : data.build();
    }

    private static Response named(Call call, Reader<Plaintext> reader, Function<String, Response> work) {
        LdapConfig config = LdapConfig.find(reader, folder(call)).orElseGet(LdapConfig::fresh);
        return ItemName.of(call.request().values().captured("name"))
                .map(config::name)
                .map(work)
                .orElse(ItemName.UNSUPPORTED);
    }

    private static Folder folder(Call call) {
        return call.mount().folder();
    }
}
