// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.function.Function;

/// `role`: what tokens must say.
final class RoleRoutes {
    private static final Field[] FIELDS = TokenFields.with(
            Field.text("role_type", "jwt, or oidc for people who sign in at the issuer."),
            Field.text("user_claim", "The claim that says who it is."),
            Field.flag("user_claim_json_pointer", "Whether user_claim is a pointer, as /a/b."),
            Field.texts("bound_audiences", "Of which the token must be for one."),
            Field.text("bound_subject", "Whom the token must be about."),
            Field.object("bound_claims", "Claims, and the values of which each must have one."),
            Field.text("bound_claims_type", "string, or glob if * stands for any text."),
            Field.textMap("claim_mappings", "Claims that become metadata, and its names."),
            Field.text("groups_claim", "The claim that says which groups he is in."),
            Field.texts("oidc_scopes", "What the issuer is asked for, beside openid."),
            Field.texts("allowed_redirect_uris", "Where the issuer may send people back to."),
            Field.signedDuration("expiration_leeway", "How long a token lives that does not say it."),
            Field.signedDuration("not_before_leeway", "How long before its end one begins."),
            Field.signedDuration("clock_skew_leeway", "How wrong clocks may be."),
            Field.duration("max_age", "How long ago somebody may have signed in."),
            Field.flag("verbose_oidc_logging", "Read back only."),
            Field.text("callback_mode", "Only client."));

    private RoleRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads("role", Operation.LIST, "List the roles.", RoleRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(
                        "role/:name",
                        Operation.READ,
                        "Return a role.",
                        (call, reader) -> named(
                                call,
                                name -> Response.found(
                                        JwtRole.find(reader, call.mount().folder(), name)
                                                .map(JwtRole::describe)))),
                Route.writes("role/:name", Operation.UPDATE, "Make or change a role.", RoleRoutes::write)
                        .with(FIELDS)
                        .creates((call, reader) -> ItemName.lower(call)
                                .flatMap(name ->
                                        JwtRole.find(reader, call.mount().folder(), name))
                                .isPresent()),
                Route.writes(
                        "role/:name",
                        Operation.DELETE,
                        "Delete a role.",
                        (call, writer) -> named(call, name -> {
                            writer.delete(JwtRole.folder(call.mount().folder()).key(name));
                            return Response.NO_CONTENT;
                        })));
    }

    private static Response named(Call call, Function<String, Response> work) {
        return ItemName.lower(call).map(work).orElse(ItemName.UNSUPPORTED);
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, JwtRole.folder(call.mount().folder()));
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return named(call, name -> {
            JwtRole before = JwtRole.find(writer, call.mount().folder(), name).orElseGet(() -> JwtRole.fresh(name));
            return TokenFields.change(
                    before.rules(), call.request().values(), rules -> store(call, writer, before, rules));
        });
    }

    private static Response store(Call call, Writer<Plaintext> writer, JwtRole before, TokenRules rules) {
        Values values = call.request().values();
        JwtRole role = changed(before, values, rules);
        String refusal = refusal(role, values);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        role.save(writer, call.mount().folder());
        return Response.NO_CONTENT;
    }

    private static JwtRole changed(JwtRole before, Values values, TokenRules rules) {
        JwtRole.Names names = before.names();
        JwtRole.Leeway leeway = before.leeway();
        return new JwtRole(
                before.name(),
                values.text("role_type").filter(type -> !type.isEmpty()).orElse(before.type()),
                new JwtRole.Names(
                        values.text("user_claim").orElse(names.user()),
                        values.flag("user_claim_json_pointer").orElse(names.pointer()),
                        values.text("groups_claim").orElse(names.groups()),
                        values.strings("bound_audiences").orElse(names.audiences()),
                        values.text("bound_subject").orElse(names.subject()),
                        values.strings("allowed_redirect_uris").orElse(names.redirects()),
                        values.strings("oidc_scopes").orElse(names.scopes())),
                values.object("bound_claims").orElse(before.bound()),
                values.text("bound_claims_type").map("glob"::equals).orElse(before.globs()),
                values.textMap("claim_mappings").orElse(before.mappings()),
                new JwtRole.Leeway(
                        values.number("expiration_leeway").orElse(leeway.givenExpiration()),
                        values.number("not_before_leeway").orElse(leeway.givenNotBefore()),
                        values.number("clock_skew_leeway").orElse(leeway.givenSkew()),
                        values.number("max_age").orElse(leeway.maxAge())),
                values.flag("verbose_oidc_logging").orElse(before.verbose()),
                rules);
    }

    private static String refusal(JwtRole role, Values values) {
        if (!JwtRole.areTexts(role.bound())) {
            return "'bound_claims' must hold texts, or lists of them";
        }
        String mode = values.text("callback_mode").orElse("client");
        if (!mode.isEmpty() && !mode.equals("client")) {
            return "'callback_mode' must be client: by another one, whoever sends somebody a link gets his token";
        }
        if (role.signsIn() && role.names().redirects().isEmpty()) {
            return "'allowed_redirect_uris' must be set if 'role_type' is 'oidc' or unspecified.";
        }
        String claimsType = values.text("bound_claims_type").orElse("string");
        if (!List.of("jwt", "oidc").contains(role.type())) {
            return "invalid 'role_type'; give jwt or oidc";
        }
        if (role.names().user().isEmpty()) {
            return "a user claim must be defined on the role";
        }
        if (!List.of("string", "glob").contains(claimsType)) {
            return "invalid 'bound_claims_type'; give string or glob";
        }
        if (role.mappings().values().stream().anyMatch("role"::equals)) {
            return "metadata key \"role\" is reserved and may not be a mapping destination";
        }
        boolean binds = !role.names().audiences().isEmpty()
                || !role.names().subject().isEmpty()
                || !role.bound().members().isEmpty()
                || !role.rules().terms().bound().isEmpty();
        return role.type().equals("jwt") && !binds
                ? "must have at least one bound constraint when creating/updating a role"
                : "";
    }
}
