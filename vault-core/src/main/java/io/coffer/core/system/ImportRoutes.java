// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.AuthenticationFailedException;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.crypto.WrappingKey;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.keyring.DataKey;
import io.coffer.core.keyring.KeyTerm;
import io.coffer.core.keyring.TermInfo;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.vault.Vault;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// `sys/wrapping-key`, `sys/keys/:scope/import` and `/promote`: keys that come from elsewhere, and that go to another
/// vault, wrapped all the way.
public final class ImportRoutes {
    private static final String RECORD = "keys/wrapping";
    private static final String BAD_CIPHERTEXT = "'ciphertext' is no key of 32 bytes that was wrapped for the public"
            + " key of sys/wrapping-key, in base64";
    private static final String BAD_KEY = "'public_key' is a public RSA key of at least " + WrappingKey.LEAST_BITS
            + " bits in PEM: the other vault's sys/wrapping-key";
    private static final String FULL = "the scope has as many terms as a keyring holds";
    private static final String TWICE = "the scope has this key already, as term ";

    private ImportRoutes() {}

    public static List<Route> routes() {
        return List.of(
                Route.prepared(
                                "wrapping-key",
                                Operation.READ,
                                "Return the public key that wraps keys for this vault; made when it is first asked for.",
                                ImportRoutes::look)
                        .answering("`public_key`: RSA of " + WrappingKey.BITS + " bits, in PEM"),
                Route.steps(
                                "keys/:scope/import",
                                Operation.UPDATE,
                                "Add a key from elsewhere to a scope; it becomes available, and the primary by a rotation.",
                                ImportRoutes::add)
                        .with(
                                Field.text("ciphertext", "The key, wrapped for sys/wrapping-key, in base64."),
                                Field.text("algorithm", "What it is used with: xaes256-gcm or aes256-gcm.")
                                        .or(Json.of(Algorithm.XAES_256_GCM.wireName())))
                        .answering(
                                "the new `term`, its `state` and `algorithm`",
                                "400 `" + BAD_CIPHERTEXT + "`",
                                "400 `" + ScopeName.CARRIED + "`",
                                "400 `" + TWICE + "…`",
                                "400 `" + FULL + "`"),
                Route.governs(
                                "keys/:scope/promote",
                                Operation.UPDATE,
                                "Return a scope's primary key, wrapped for another vault.",
                                ImportRoutes::promote)
                        .with(Field.text("public_key", "The other vault's sys/wrapping-key, in PEM."))
                        .answering(
                                "`ciphertext` in base64, for `import` there; `term`, `algorithm`",
                                "400 `" + BAD_KEY + "`",
                                "400 `" + ScopeName.CARRIED + "`"));
    }

    private static Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        StorageKey record = call.mount().folder().key(RECORD);
        boolean there = reader.get(record).isPresent();
        return slow -> {
            byte[] fresh = there ? new byte[0] : WrappingKey.generate(call.random());
            return (again, writer) -> {
                Optional<Plaintext> stored = writer.get(record);
                if (stored.isEmpty()) {
                    writer.put(record, new Plaintext(fresh.clone()));
                }
                byte[] pkcs8 = stored.map(Plaintext::bytes).orElse(fresh);
                return new Response.Ok(Json.object()
                        .put("public_key", WrappingKey.publicPem(pkcs8))
                        .build());
            };
        };
    }

    private static Optional<Response> add(Call call, Vault vault) {
        Values values = call.request().values();
        Optional<Scope> scope = scope(call);
        Optional<Algorithm> algorithm = Algorithm.named(values.text("algorithm").orElse(""));
        if (scope.isEmpty()) {
            return Optional.of(new Response.Invalid(ScopeName.CARRIED));
        }
        if (algorithm.isEmpty()) {
            return Optional.of(new Response.Invalid("'algorithm' is xaes256-gcm or aes256-gcm"));
        }
        StorageKey record = call.mount().folder().key(RECORD);
        Optional<Plaintext> own = vault.unsealed(
                barrier -> barrier.survey(reader -> reader.get(new StorageKey(record.scope(), record.path()))));
        Optional<Secret> key = own.flatMap(
                pkcs8 -> unwrapped(pkcs8.bytes(), values.text("ciphertext").orElse("")));
        if (key.isEmpty()) {
            return Optional.of(new Response.Invalid(BAD_CIPHERTEXT));
        }
        try (Secret open = key.get()) {
            return Optional.of(vault.changingKeys(
                            barrier -> barrier.govern(writer -> add(writer, scope.get(), algorithm.get(), open, call)))
                    .toCompletableFuture()
                    .join());
        }
    }

    /// A key is in a keyring once: a second term of it would outlive the destruction of the first, and its
    /// encryptions would be counted from zero.
    private static Response add(BarrierWriter writer, Scope scope, Algorithm algorithm, Secret key, Call call) {
        if (writer.primary(scope).isEmpty()) {
            return new Response.Invalid(ScopeName.CARRIED);
        }
        Optional<KeyTerm> twin = writer.termOf(scope, key);
        if (twin.isPresent()) {
            return new Response.Invalid(TWICE + twin.get());
        }
        return writer.importKey(scope, algorithm, key, call.now())
                .<Response>map(ImportRoutes::described)
                .orElseGet(() -> new Response.Invalid(FULL));
    }

    private static Response described(TermInfo info) {
        return new Response.Ok(Json.object()
                .put("term", info.term().value())
                .put("state", "available")
                .put("algorithm", info.algorithm().wireName())
                .build());
    }

    private static Optional<Secret> unwrapped(byte[] pkcs8, String ciphertext) {
        try {
            Secret key = WrappingKey.unwrap(pkcs8, Base64.getDecoder().decode(ciphertext));
            if (key.length() == DataKey.BYTES) {
                return Optional.of(key);
            }
            key.close();
            return Optional.empty();
        } catch (AuthenticationFailedException | IllegalArgumentException foreign) {
            return Optional.empty();
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static Response promote(Call call, BarrierWriter writer) {
        Optional<PublicKey> recipient =
                WrappingKey.recipient(call.request().values().text("public_key").orElse(""));
        if (recipient.isEmpty()) {
            return new Response.Invalid(BAD_KEY);
        }
        return scope(call)
                .flatMap(scope -> writer.lendPrimary(scope, (info, key) -> wrapped(recipient.get(), info, key, call)))
                .orElseGet(() -> new Response.Invalid(ScopeName.CARRIED));
    }

    private static Response wrapped(PublicKey recipient, TermInfo info, Secret key, Call call) {
        byte[] wrapped = WrappingKey.wrap(recipient, key, call.random());
        return new Response.Ok(Json.object()
                .put("ciphertext", Base64.getEncoder().encodeToString(wrapped))
                .put("term", info.term().value())
                .put("algorithm", info.algorithm().wireName())
                .build());
    }

    /// Keys that wrap other keys are not carried about.
    private static Optional<Scope> scope(Call call) {
        return ScopeName.of(call.request().values().captured("scope")).filter(scope -> scope.family() != Family.KEYS);
    }
}
