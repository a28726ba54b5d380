// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.hcl.HclException;
import io.coffer.core.password.PasswordGenerator;
import io.coffer.core.password.PasswordRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Optional;

/// `sys/policies/password`: rules by which passwords are made.
public final class PasswordPolicyRoutes {
    private static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("policies/password");
    private static final int FORM = 1;
    private static final Response MISSING = new Response.NotFound(Response.wrapped("policy does not exist"));

    public List<Route> routes() {
        String one = "policies/password/:name";
        return List.of(
                Route.surveys("policies/password", Operation.LIST, "List the password policies.", this::list)
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.surveys(one + "/generate", Operation.READ, "Make a password.", this::generate),
                Route.surveys(one, Operation.READ, "Return a password policy.", this::read),
                Route.governs(one, Operation.UPDATE, "Write a password policy.", this::write)
                        .with(Field.text("policy", "The text, in HCL or JSON, plain or in base64.")),
                Route.governs(one, Operation.DELETE, "Delete a password policy.", this::delete));
    }

    private Response list(Call call, Reader<Plaintext> reader) {
        return Listing.answer(call, reader, RECORDS);
    }

    private Response read(Call call, Reader<Plaintext> reader) {
        return text(call, reader)
                .<Response>map(text ->
                        new Response.Ok(Json.object().put("policy", text).build()))
                .orElse(MISSING);
    }

    private Response generate(Call call, Reader<Plaintext> reader) {
        return text(call, reader)
                .<Response>map(text -> new Response.Ok(Json.object()
                        .put("password", new PasswordGenerator(PasswordRules.parse(text)).generate(call.random()))
                        .build()))
                .orElse(MISSING);
    }

    private Response write(Call call, Writer<Plaintext> writer) {
        String given = call.request().values().text("policy").orElse("");
        if (given.isEmpty()) {
            return refused("missing policy");
        }
        String text = PolicyRequest.decoded(given);
        try {
            PasswordRules rules = PasswordRules.parse(text);
            if (rules.length() < PasswordRules.SHORTEST || rules.length() > PasswordRules.LONGEST) {
                return refused("passwords must be between " + PasswordRules.SHORTEST + " and " + PasswordRules.LONGEST
                        + " characters");
            }
            if (!new PasswordGenerator(rules).works(call.random())) {
                return refused("unable to construct test password from provided policy: are the rules impossible?");
            }
        } catch (HclException wrong) {
            return refused("invalid password policy: " + wrong.getMessage());
        }
        writer.put(
                key(call),
                new Plaintext(JsonText.write(
                        Json.object().put("v", FORM).put("policy", text).build())));
        return Response.NO_CONTENT;
    }

    private Response delete(Call call, Writer<Plaintext> writer) {
        writer.delete(key(call));
        return Response.NO_CONTENT;
    }

    private static Optional<String> text(Call call, Reader<Plaintext> reader) {
        StorageKey key = key(call);
        return reader.get(key).map(value -> {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            String text = stored.text("policy");
            stored.end();
            return text;
        });
    }

    private static StorageKey key(Call call) {
        return RECORDS.key(call.request().values().captured("name"));
    }

    private static Response refused(String error) {
        return new Response.Invalid(Response.wrapped(error));
    }
}
