// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `oidc`: people sign in at the issuer, in a browser. `auth_url` says where, and `callback` takes what they bring
/// back: a state that is good once, for {@link Journey#LONGEST}, and a code that the issuer gives a token for.
final class OidcRoutes {
    private static final Response NO_URL =
            new Response.Ok(Json.object().put("auth_url", "").build());
    private static final String FAILED = "Vault login failed. ";
    private static final String NO_STATE = FAILED + "Expired or missing OAuth state.";
    private static final int LONGEST_NONCE = 256;

    /// The refusals of an issuer (RFC 6749, 4.1.2.1); another text is not repeated.
    private static final Set<String> REFUSALS = Set.of(
            "invalid_request",
            "unauthorized_client",
            "access_denied",
            "unsupported_response_type",
            "invalid_scope",
            "server_error",
            "temporarily_unavailable");

    private final Outbound outbound;

    OidcRoutes(Outbound outbound) {
        this.outbound = outbound;
    }

    List<Route> routes() {
        Field nonce = Field.text("client_nonce", "What the client must show again at the callback.");
        Field[] back = {
            Field.text("state", "The state that the issuer gives back."),
            Field.text("code", "What the issuer gives a token for."),
            nonce,
            Field.text("error", "Why the issuer refused."),
            Field.text("error_description", "Not used."),
            Field.text("error_uri", "Not used."),
        };
        return List.of(
                Route.prepared("oidc/auth_url", Operation.UPDATE, "Say where somebody signs in.", this::setOut)
                        .with(
                                Field.text("role", "The role; the one of the configuration, if absent."),
                                Field.text("redirect_uri", "Where the issuer sends him back to."),
                                nonce)
                        .access(Access.ANYONE),
                Route.prepared("oidc/callback", Operation.READ, "Log in with what the issuer gave.", this::comeBack)
                        .with(back)
                        .access(Access.ANYONE),
                Route.prepared("oidc/callback", Operation.UPDATE, "Log in with what the issuer gave.", this::comeBack)
                        .with(back)
                        .access(Access.ANYONE));
    }

    private Handler.Preparation setOut(Call call, Reader<Plaintext> reader) {
        return Login.withRole(call, reader, "could not load configuration", (config, role) -> {
            Values values = call.request().values();
            String redirect = values.text("redirect_uri").orElse("");
            String nonce = values.text("client_nonce").orElse("");
            if (config.client().id().isEmpty()) {
                return Login.refused("OIDC login is not configured for this mount");
            }
            if (!role.signsIn()) {
                return Login.refused("role with jwt role_type is not allowed");
            }
            if (redirect.isEmpty()) {
                return Login.refused("missing redirect_uri");
            }
            if (nonce.length() > LONGEST_NONCE) {
                return Login.refused("client_nonce must have at most " + LONGEST_NONCE + " characters");
            }
            if (!Redirects.allows(role.names().redirects(), redirect)) {
                return Handler.Preparation.answered(NO_URL);
            }
            Optional<Provider> known = Provider.known(reader, call.mount().folder(), call.now());
            return slow -> switch (asked(known, config, call, slow)) {
                case Provider.Asked.Bad(String error) -> (again, writer) -> new Response.Invalid(error);
                case Provider.Asked.Good(Provider provider) ->
                    (again, writer) -> sent(again, writer, config, role, provider);
            };
        });
    }

    private Provider.Asked asked(Optional<Provider> known, JwtConfig config, Call call, Slow slow) {
        return known.<Provider.Asked>map(Provider.Asked.Good::new)
                .orElseGet(() -> Provider.ask(config, outbound, call.now(), slow));
    }

    private static Response sent(
            Call call, Writer<Plaintext> writer, JwtConfig config, JwtRole role, Provider provider) {
        if (!new Examination(config, role).isCurrent(call, writer)) {
            return Examination.CHANGED;
        }
        if (!provider.signsIn()) {
            return new Response.Invalid("error checking oidc discovery URL: nobody can sign in there");
        }
        Folder mount = call.mount().folder();
        Values values = call.request().values();
        provider.save(writer, mount);
        Journey.Begun begun = Journey.Begun.of(
                role.name(),
                values.text("redirect_uri").orElse(""),
                values.text("client_nonce").orElse(""),
                call.now(),
                call.random());
        String state = begun.save(writer, mount, call.now(), call.random());
        return new Response.Ok(Json.object()
                .put("auth_url", url(provider, config, role, begun.journey(), state))
                .build());
    }

    private static String url(Provider provider, JwtConfig config, JwtRole role, Journey journey, String state) {
        Map<String, String> query = new TreeMap<>(Map.of(
                "client_id",
                config.client().id(),
                "response_type",
                "code",
                "redirect_uri",
                journey.redirect(),
                "scope",
                Stream.concat(Stream.of("openid"), role.names().scopes().stream())
                        .distinct()
                        .collect(Collectors.joining(" ")),
                "state",
                state,
                "nonce",
                journey.nonce(),
                "code_challenge",
                journey.challenge(),
                "code_challenge_method",
                "S256"));
        if (role.leeway().maxAge() > 0) {
            query.put("max_age", Long.toString(role.leeway().maxAge()));
        }
        String begin = provider.authorization();
        return begin + (begin.contains("?") ? "&" : "?") + Outbound.Question.encoded(query);
    }

    private Handler.Preparation comeBack(Call call, Reader<Plaintext> reader) {
        Folder mount = call.mount().folder();
        Values values = call.request().values();
        Optional<JwtConfig> config = JwtConfig.find(reader, mount);
        if (config.isEmpty()) {
            return Login.refused(FAILED + "Could not load configuration");
        }
        Optional<Journey> journey = Journey.find(reader, mount, state(values), call.now());
        if (journey.isEmpty()) {
            return Login.refused(NO_STATE);
        }
        Optional<JwtRole> role =
                JwtRole.find(reader, mount, journey.get().role()).filter(JwtRole::signsIn);
        String code = values.text("code").orElse("");
        String refusal = refusal(values, journey.get(), role.isPresent());
        if (!refusal.isEmpty()) {
            return ended(journey.get(), refusal);
        }
        Optional<Provider> known = Provider.known(reader, mount, call.now());
        KeySource source = KeySource.of(reader, mount, config.get());
        return slow -> switch (asked(known, config.get(), call, slow)) {
            case Provider.Asked.Bad(String error) -> ended(journey.get(), error).run(slow);
            case Provider.Asked.Good(Provider provider) ->
                switch (new Exchange(source, outbound, call.now()).run(provider, journey.get(), code, slow)) {
                    case Exchange.Result.Bad(String error) ->
                        ended(journey.get(), error).run(slow);
                    case Exchange.Result.Good good ->
                        (again, writer) -> arrived(
                                again, writer, journey.get(), new Examination(config.get(), role.orElseThrow()), good);
                };
        };
    }

    private static String refusal(Values values, Journey journey, boolean hasRole) {
        String error = values.text("error").orElse("").strip();
        if (!hasRole) {
            return FAILED + "Role could not be found";
        }
        if (!error.isEmpty()) {
            return FAILED + (REFUSALS.contains(error) ? error : "the issuer gave another error");
        }
        if (!journey.clientNonce().isEmpty()
                && !journey.clientNonce().equals(values.text("client_nonce").orElse(""))) {
            return "invalid client_nonce";
        }
        return values.text("code").orElse("").isEmpty() ? FAILED + "No code or id_token received." : "";
    }

    /// Whoever was refused does not come again with the same state.
    private static Handler.Preparation ended(Journey journey, String error) {
        return slow -> (call, writer) -> {
            journey.end(writer, call.mount().folder(), state(call.request().values()), call.now());
            return new Response.Invalid(error);
        };
    }

    /// The state was there when the code was taken to the issuer; of several that came with it at once, one arrives.
    private static Response arrived(
            Call call, Writer<Plaintext> writer, Journey journey, Examination examination, Exchange.Result.Good good) {
        if (!journey.end(writer, call.mount().folder(), state(call.request().values()), call.now())) {
            return new Response.Invalid(NO_STATE);
        }
        good.keys().keep(call, writer, examination.config());
        return examination.answer(call, writer, good.claims());
    }

    private static String state(Values values) {
        return values.text("state").orElse("");
    }
}
