// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import io.coffer.core.Slow;
import io.coffer.core.crypto.PasswordHash;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Failures;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `login/:name`. An unknown user costs the same hash, the same transaction and the same text as a wrong password. A
/// hash that was made elsewhere is replaced at the first login that it lets in.
final class Login {
    /// What a login leaves for a renewal.
    static final String USER = "user";

    private static final Response WRONG = new Response.Invalid("invalid username or password");
    private static final Response CHANGED =
            new Response.Busy("the password was changed while it was checked; log in again");

    private Login() {}

    static Route route() {
        return Route.prepared("login/:name", Operation.UPDATE, "Log in with a password.", Login::look)
                .with(Field.secret("password", "The password."))
                .access(Access.ANYONE);
    }

    private static Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        Optional<String> name = ItemName.lower(call);
        Optional<Secret> password = call.request().values().secret("password");
        if (name.isEmpty()) {
            return Handler.Preparation.answered(ItemName.UNSUPPORTED);
        }
        if (password.isEmpty()) {
            return Handler.Preparation.answered(new Response.Failed("missing password"));
        }
        Optional<PasswordHash> hash = User.find(reader, call, name.get()).map(User::hash);
        return Failures.of(call).isLocked(reader, name.get())
                ? Handler.Preparation.answered(Response.Denied.PERMISSION)
                : checked(call.random(), name.get(), hash, password.get());
    }

    /// A hash that the password fits, and the one of ours that takes its place if it was made elsewhere.
    private record Fit(PasswordHash known, Optional<PasswordHash> ours) {
        static Fit of(PasswordHash known, Secret password, SecureRandom random, Slow slow) {
            return new Fit(
                    known, known.isBcrypt() ? Optional.of(PasswordHash.of(password, random, slow)) : Optional.empty());
        }
    }

    private static Handler.Preparation checked(
            SecureRandom random, String name, Optional<PasswordHash> hash, Secret password) {
        return slow -> {
            if (hash.isEmpty()) {
                PasswordHash.pretend(password, slow);
            }
            Optional<Fit> fit = hash.filter(known -> known.matches(password, slow))
                    .map(known -> Fit.of(known, password, random, slow));
            return (call, writer) -> answer(call, writer, name, fit);
        };
    }

    /// @param fit empty if the password fits no hash
    private static Response answer(Call call, Writer<Plaintext> writer, String name, Optional<Fit> fit) {
        Failures failures = Failures.of(call);
        if (failures.isLocked(writer, name)) {
            return Response.Denied.PERMISSION;
        }
        Optional<User> user = User.find(writer, call, name);
        if (fit.isEmpty() || user.isEmpty()) {
            failures.count(writer, call, name);
            return WRONG;
        }
        if (!user.get().hash().sameAs(fit.get().known())) {
            return CHANGED;
        }
        failures.forget(writer, name);
        fit.get().ours().ifPresent(ours -> user.get().with(ours).save(writer, call.mount()));
        return granted(user.get());
    }

    private static Response granted(User user) {
        return new Response.Granted(
                new Grant.Login(
                        user.rules().terms(),
                        user.rules().policies(),
                        user.name(),
                        user.name(),
                        Map.of("username", user.name()),
                        Optional.empty(),
                        Map.of(USER, user.name())),
                List.of());
    }
}
