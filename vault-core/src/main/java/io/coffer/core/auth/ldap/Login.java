// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Directory;
import io.coffer.core.engine.Failures;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `login/:username`. The directory says whether the password is right; an empty one is not even asked about.
final class Login {
    private static final Response WRONG = new Response.Invalid("ldap operation failed: failed to bind as user");

    private final Directory directory;

    Login(Directory directory) {
        this.directory = directory;
    }

    Route route() {
        return Route.prepared(
                        "login/:username", Operation.UPDATE, "Log in with the password of a directory.", this::look)
                .with(Field.secret("password", "The password."))
                .access(Access.ANYONE);
    }

    private Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        Optional<LdapConfig> config = LdapConfig.find(reader, call.mount().folder());
        if (config.isEmpty()) {
            return Handler.Preparation.answered(new Response.Invalid("auth method not configured"));
        }
        String user = config.get().name(call.request().values().captured("username"));
        Optional<Secret> password = call.request().values().secret("password");
        if (password.isEmpty()) {
            return Handler.Preparation.answered(new Response.Invalid("missing password"));
        }
        if (!PersonName.isPlain(user)) {
            return Handler.Preparation.answered(WRONG);
        }
        return Failures.of(call).isLocked(reader, user)
                ? Handler.Preparation.answered(Response.Denied.PERMISSION)
                : asked(config.get(), user, password.get());
    }

    private Handler.Preparation asked(LdapConfig config, String user, Secret password) {
        return slow -> {
            Directory.Outcome outcome = directory.ask(config.question(), user, password, slow);
            return (call, writer) -> answer(call, writer, config, user, outcome);
        };
    }

    private static Response answer(
            Call call, Writer<Plaintext> writer, LdapConfig config, String user, Directory.Outcome outcome) {
        Failures failures = Failures.of(call);
        if (failures.isLocked(writer, user)) {
            return Response.Denied.PERMISSION;
        }
        if (LdapConfig.find(writer, call.mount().folder())
                .filter(config::equals)
                .isEmpty()) {
            return new Response.Busy("the configuration was changed meanwhile; log in again");
        }
        return switch (outcome) {
            case Directory.Outcome.Failed(String why) -> new Response.Invalid("ldap operation failed: " + why);
            case Directory.Outcome.Refused() -> {
                failures.count(writer, call, user);
                yield WRONG;
            }
            case Directory.Outcome.Known known -> {
                failures.forget(writer, user);
                yield granted(call, writer, config, user, known);
            }
        };
    }

    private static Response granted(
            Call call, Reader<Plaintext> reader, LdapConfig config, String user, Directory.Outcome.Known found) {
        List<String> groups =
                found.groups().stream().map(config::name).distinct().toList();
        String alias = config.loginAsAlias() || found.name().isEmpty() ? user : config.name(found.name());
        Who who = new Who(user, groups);
        return new Response.Granted(
                new Grant.Login(
                        config.rules().terms(),
                        who.policies(reader, call.mount().folder(), config),
                        user,
                        alias,
                        Map.of("username", user),
                        Optional.of(who.groups(reader, call.mount().folder())),
                        who.facts()),
                List.of());
    }
}
