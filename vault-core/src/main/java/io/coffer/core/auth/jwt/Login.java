// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// `login`: whoever shows a token that is signed, says what the role wants, and is not over.
final class Login {
    private final Outbound outbound;

    Login(Outbound outbound) {
        this.outbound = outbound;
    }

    Route route() {
        return Route.prepared(
                        "login", Operation.UPDATE, "Log in with a token that somebody else has signed.", this::look)
                .with(
                        Field.text("role", "The role; the one of the configuration, if absent."),
                        Field.secret("jwt", "The token."))
                .access(Access.ANYONE);
    }

    private Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        return withRole(call, reader, "could not load configuration", (config, role) -> {
            if (role.signsIn()) {
                return refused("role with oidc role_type is not allowed");
            }
            Optional<Secret> given = call.request().values().secret("jwt");
            Optional<Jwt> token = given.flatMap(Login::parsed);
            if (token.isEmpty()) {
                return refused(
                        given.isPresent()
                                ? Examination.TOKEN + "it is no signed token of a known algorithm"
                                : "missing token");
            }
            return checked(call, KeySource.of(reader, call.mount().folder(), config), role, token.get());
        });
    }

    /// What is done with a role.
    interface WithRole {
        Handler.Preparation prepare(JwtConfig config, JwtRole role);
    }

    /// The role that a request names, or that of the configuration.
    static Handler.Preparation withRole(Call call, Reader<Plaintext> reader, String unconfigured, WithRole work) {
        Folder mount = call.mount().folder();
        Optional<JwtConfig> config = JwtConfig.find(reader, mount);
        if (config.isEmpty()) {
            return refused(unconfigured);
        }
        String name = role(call, config.get());
        if (name.isEmpty()) {
            return refused("missing role");
        }
        return ItemName.of(name)
                .flatMap(known -> JwtRole.find(reader, mount, known))
                .map(found -> work.prepare(config.get(), found))
                .orElseGet(() -> refused("role \"" + name + "\" could not be found"));
    }

    /// Its name in its one form; empty if neither names one.
    static String role(Call call, JwtConfig config) {
        return call.request()
                .values()
                .text("role")
                .filter(given -> !given.isEmpty())
                .orElse(config.defaultRole())
                .toLowerCase(Locale.ROOT);
    }

    static Handler.Preparation refused(String error) {
        return Handler.Preparation.answered(new Response.Invalid(error));
    }

    private static Optional<Jwt> parsed(Secret text) {
        return text.use(bytes -> Jwt.parse(new String(bytes, StandardCharsets.UTF_8).strip()));
    }

    private Handler.Preparation checked(Call call, KeySource source, JwtRole role, Jwt token) {
        return slow -> {
            KeySource.Verdict verdict = source.verify(token, outbound, call.now(), slow);
            return (again, writer) -> {
                verdict.keep(again, writer, source.config());
                return verdict.refusal().isEmpty()
                        ? new Examination(source.config(), role).answer(again, writer, new Claims(token.claims()))
                        : new Response.Invalid(Examination.TOKEN + verdict.refusal());
            };
        };
    }
}
