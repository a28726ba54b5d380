// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import io.coffer.core.crypto.PasswordHash;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
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
import java.util.stream.Stream;

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
                        .with(Stream.concat(Stream.of(PASSWORD, HASH), TokenFields.ALL.stream())
                                .toArray(Field[]::new))
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
        return User.named(
                call, refused -> false, name -> User.find(reader, call, name).isPresent());
    }

    private static Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, User.folder(call.mount()));
    }

    private static Response read(Call call, Reader<Plaintext> reader) {
        return User.named(call, refused -> refused, name -> User.find(reader, call, name)
                .<Response>map(user ->
                        new Response.Ok(user.rules().describe(Json.object()).build()))
                .orElse(Response.ABSENT));
    }

    private static Response delete(Call call, Writer<Plaintext> writer) {
        return User.named(call, refused -> refused, name -> {
            writer.delete(User.folder(call.mount()).key(name));
            return Response.NO_CONTENT;
        });
    }

    private static Handler.Preparation write(Call call, Reader<Plaintext> reader) {
        return hashed(call, (again, writer, hash) -> {
            Values values = again.request().values();
            Optional<User> before =
                    User.named(again, refused -> Optional.empty(), name -> User.find(writer, again, name));
            if (before.isEmpty() && hash.isEmpty()) {
                return new Response.Invalid("missing password");
            }
            TokenRules rules = before.map(User::rules).orElse(TokenRules.NONE);
            return switch (TokenFields.update(rules, values)) {
                case TokenFields.Outcome.Bad(String error) -> new Response.Invalid(error);
                case TokenFields.Outcome.Good(TokenRules after) ->
                    User.named(again, refused -> refused, name -> {
                        PasswordHash kept =
                                hash.or(() -> before.map(User::hash)).orElseThrow();
                        new User(name, kept, after).save(writer, again.mount());
                        return Response.NO_CONTENT;
                    });
            };
        });
    }

    private static Handler.Preparation changePassword(Call call, Reader<Plaintext> reader) {
        return hashed(call, (again, writer, hash) -> {
            if (hash.isEmpty()) {
                return new Response.Invalid("missing password");
            }
            return changed(again, writer, user -> {
                user.with(hash.get()).save(writer, again.mount());
                return Response.NO_CONTENT;
            });
        });
    }

    private static Response changePolicies(Call call, Writer<Plaintext> writer) {
        return changed(call, writer, user -> switch (TokenFields.update(
                user.rules(), call.request().values())) {
            case TokenFields.Outcome.Bad(String error) -> new Response.Invalid(error);
            case TokenFields.Outcome.Good(TokenRules rules) -> {
                user.with(rules).save(writer, call.mount());
                yield Response.NO_CONTENT;
            }
        });
    }

    private static Response changed(Call call, Writer<Plaintext> writer, Function<User, Response> change) {
        return User.named(call, refused -> refused, name -> User.find(writer, call, name)
                .map(change)
                .orElse(NO_USER));
    }

    /// What is done with a hash, in a transaction.
    private interface WithHash {
        Response handle(Call call, Writer<Plaintext> writer, Optional<PasswordHash> hash);
    }

    /// Hashes the password that a request gives, if it gives one.
    private static Handler.Preparation hashed(Call call, WithHash work) {
        Values values = call.request().values();
        Optional<Secret> password = values.secret("password");
        Optional<Secret> given = values.secret("password_hash");
        Optional<PasswordHash> bcrypt = given.flatMap(text -> text.use(UserRoutes::bcrypt));
        String refusal = password.isPresent() && given.isPresent()
                ? "only one of password or password_hash may be provided"
                : given.isPresent() && bcrypt.isEmpty() ? "password_hash must be a bcrypt hash of cost 5 to 12" : "";
        Optional<Response> refused = User.<Optional<Response>>named(call, Optional::of, name -> Optional.empty())
                .or(() -> refusal.isEmpty() ? Optional.empty() : Optional.of(new Response.Invalid(refusal)));
        return slow -> {
            if (refused.isPresent()) {
                return (again, writer) -> refused.get();
            }
            Optional<PasswordHash> hash = password.map(text -> PasswordHash.of(text, call.random(), slow))
                    .or(() -> bcrypt);
            return (again, writer) -> work.handle(again, writer, hash);
        };
    }

    private static Optional<PasswordHash> bcrypt(byte[] text) {
        return PasswordHash.parse(new String(text, StandardCharsets.UTF_8)).filter(PasswordHash::isBcrypt);
    }
}
