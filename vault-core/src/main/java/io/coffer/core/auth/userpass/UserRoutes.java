// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import io.coffer.core.crypto.PasswordHash;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `users`: who has a password, and what tokens it leads to. The password itself is never read back.
final class UserRoutes {
    private static final Response NO_USER = new Response.Failed(Response.wrapped("username does not exist"));
    private static final Field PASSWORD = Field.secret("password", "The password.");
    private static final Field HASH =
            Field.secret("password_hash", "A bcrypt hash of the password instead, of cost 5 to 12.");

    private UserRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads("users", Operation.LIST, "List the users.", UserRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads("users/:name", Operation.READ, "Return what a user's tokens are like.", UserRoutes::read),
                Route.prepared("users/:name", Operation.UPDATE, "Make or change a user.", UserRoutes::write)
                        .with(TokenFields.with(PASSWORD, HASH))
                        .creates(UserRoutes::exists),
                Route.writes("users/:name", Operation.DELETE, "Delete a user.", UserRoutes::delete),
                Route.prepared(
                                "users/:name/password",
                                Operation.UPDATE,
                                "Give a user another password.",
                                UserRoutes::changePassword)
                        .with(PASSWORD, HASH),
                Route.writes(
                                "users/:name/policies",
                                Operation.UPDATE,
                                "Give a user's tokens other policies.",
                                UserRoutes::changePolicies)
                        .with(
                                Field.texts("token_policies", "The policies of the user's tokens."),
                                Field.texts("policies", "An older name of token_policies.")));
    }

    private static boolean exists(Call call, Reader<Plaintext> reader) {
        return ItemName.lower(call)
                .flatMap(name -> User.find(reader, call, name))
                .isPresent();
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, User.folder(call.mount()));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return named(
                call,
                name -> Response.found(User.find(reader, call, name)
                        .map(user -> user.rules().describe(Json.object()).build())));
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return named(call, name -> {
            writer.delete(User.folder(call.mount()).key(name));
            return Response.NO_CONTENT;
        });
    }

    private static Handler.Preparation write(Call call, Reader<Plaintext> reader) {
        return hashed(call, (again, writer, name, hash) -> {
            Optional<User> before = User.find(writer, again, name);
            Optional<PasswordHash> kept = hash.or(() -> before.map(User::hash));
            if (kept.isEmpty()) {
                return new Response.Invalid("missing password");
            }
            TokenRules rules = before.map(User::rules).orElse(TokenRules.NONE);
            return TokenFields.change(rules, again.request().values(), after -> {
                new User(name, kept.get(), after).save(writer, again.mount());
                return Response.NO_CONTENT;
            });
        });
    }

    private static Handler.Preparation changePassword(Call call, Reader<Plaintext> reader) {
        return hashed(call, (again, writer, name, hash) -> {
            if (hash.isEmpty()) {
                return new Response.Invalid("missing password");
            }
            return changed(again, writer, name, user -> {
                user.with(hash.get()).save(writer, again.mount());
                return Response.NO_CONTENT;
            });
        });
    }

    private static Response changePolicies(Call call, Writer<Plaintext> writer) {
        Values values = call.request().values();
        return named(
                call,
                name -> changed(
                        call,
                        writer,
                        name,
                        user -> TokenFields.change(user.rules(), values, after -> {
                            user.with(after).save(writer, call.mount());
                            return Response.NO_CONTENT;
                        })));
    }

    private static Response changed(Call call, Writer<Plaintext> writer, String name, Function<User, Response> change) {
        return User.find(writer, call, name).map(change).orElse(NO_USER);
    }

    private static Response named(Call call, Function<String, Response> work) {
        return ItemName.lower(call).map(work).orElse(ItemName.UNSUPPORTED);
    }

    /// What is done with a hash for a user of that name, in a transaction.
    private interface WithHash {
        Response handle(Call call, Writer<Plaintext> writer, String name, Optional<PasswordHash> hash);
    }

    /// Hashes the password that a request gives, if it gives one.
    private static Handler.Preparation hashed(Call call, WithHash work) {
        Optional<String> name = ItemName.lower(call);
        if (name.isEmpty()) {
            return Handler.Preparation.answered(ItemName.UNSUPPORTED);
        }
        Values values = call.request().values();
        Optional<Secret> password = values.secret("password");
        Optional<Secret> given = values.secret("password_hash");
        Optional<PasswordHash> bcrypt = given.flatMap(text -> text.use(UserRoutes::bcrypt));
        String refusal = password.isPresent() && given.isPresent()
                ? "only one of password or password_hash may be provided"
                : given.isPresent() && bcrypt.isEmpty() ? "password_hash must be a bcrypt hash of cost 5 to 12" : "";
        if (!refusal.isEmpty()) {
            return Handler.Preparation.answered(new Response.Invalid(refusal));
        }
        return slow -> {
            Optional<PasswordHash> hash = password.map(text -> PasswordHash.of(text, call.random(), slow))
                    .or(() -> bcrypt);
            return (again, writer) -> work.handle(again, writer, name.get(), hash);
        };
    }

    private static Optional<PasswordHash> bcrypt(byte[] text) {
        return PasswordHash.parse(new String(text, StandardCharsets.UTF_8)).filter(PasswordHash::isBcrypt);
    }
}
