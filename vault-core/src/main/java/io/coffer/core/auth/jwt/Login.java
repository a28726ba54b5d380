// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.Slow;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `login`: whoever shows a token that is signed, says what the role wants, and is not over.
final class Login {
    /// What a login leaves for a renewal.
    static final String ROLE = "role";

    private static final String TOKEN = "error validating token: ";
    private static final String CLAIMS = "error validating claims: ";

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
        Folder mount = call.mount().folder();
        Optional<JwtConfig> config = JwtConfig.find(reader, mount);
        if (config.isEmpty()) {
            return refused("could not load configuration");
        }
        String name = call.request()
                .values()
                .text("role")
                .filter(given -> !given.isEmpty())
                .orElse(config.get().defaultRole())
                .toLowerCase(Locale.ROOT);
        if (name.isEmpty()) {
            return refused("missing role");
        }
        Optional<JwtRole> role =
                ItemName.refusal(name).isPresent() ? Optional.empty() : JwtRole.find(reader, mount, name);
        if (role.isEmpty()) {
            return refused("role \"" + name + "\" could not be found");
        }
        if (!role.get().type().equals("jwt")) {
            return refused("role with oidc role_type is not allowed");
        }
        Optional<Jwt> token = call.request().values().secret("jwt").flatMap(Login::parsed);
        if (token.isEmpty()) {
            boolean given = call.request().values().secret("jwt").isPresent();
            return refused(given ? TOKEN + "it is no signed token of a known algorithm" : "missing token");
        }
        return checked(call, KeySource.of(reader, mount, config.get()), role.get(), token.get());
    }

    private static Optional<Jwt> parsed(Secret text) {
        return text.use(bytes -> Jwt.parse(new String(bytes, StandardCharsets.UTF_8).strip()));
    }

    private static Handler.Preparation refused(String error) {
        return slow -> (call, writer) -> new Response.Invalid(error);
    }

    private Handler.Preparation checked(Call call, KeySource source, JwtRole role, Jwt token) {
        return slow -> {
            Optional<List<WebKey>> known = source.known(call.now());
            if (known.isPresent()
                    && token.isSignedBy(known.get(), source.config().allowed())) {
                return (again, writer) -> answer(again, writer, source.config(), role, token);
            }
            return known.isEmpty() || source.mayAskAgain(call.now())
                    ? withNewKeys(call, source, role, token, slow)
                    : (again, writer) -> new Response.Invalid(TOKEN + "no known key has signed it");
        };
    }

    /// Asks for the keys of now, and keeps them whether one of them has signed this token or not.
    private Handler.Write withNewKeys(Call call, KeySource source, JwtRole role, Jwt token, Slow slow) {
        return switch (source.fetch(outbound, call.now(), slow)) {
            case KeySource.Fetched.Bad(String error) -> (again, writer) -> new Response.Invalid(TOKEN + error);
            case KeySource.Fetched.Good(KeySource.Kept kept) -> {
                boolean signed = token.isSignedBy(kept.keys(), source.config().allowed());
                yield (again, writer) -> {
                    if (isSame(again, writer, source.config())) {
                        kept.save(writer, again.mount().folder());
                    }
                    return signed
                            ? answer(again, writer, source.config(), role, token)
                            : new Response.Invalid(TOKEN + "no known key has signed it");
                };
            }
        };
    }

    private static boolean isSame(Call call, Reader<Plaintext> reader, JwtConfig config) {
        return JwtConfig.find(reader, call.mount().folder())
                .filter(config::equals)
                .isPresent();
    }

    /// @param role as it was when the token was looked at; it must still be the same
    private static Response answer(Call call, Writer<Plaintext> writer, JwtConfig config, JwtRole role, Jwt token) {
        boolean same = isSame(call, writer, config)
                && JwtRole.find(writer, call.mount().folder(), role.name())
                        .filter(role::equals)
                        .isPresent();
        if (!same) {
            return new Response.Busy("the configuration or the role was changed meanwhile; log in again");
        }
        Claims claims = new Claims(token.claims());
        String refusal = refusal(call, config, role, claims);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        return role.rules().terms().admits(call.request().incoming().origin().address())
                ? granted(role, claims)
                : Response.Denied.PERMISSION;
    }

    private static String refusal(Call call, JwtConfig config, JwtRole role, Claims claims) {
        String time = claims.timeRefusal(call.now(), role.leeway());
        if (!time.isEmpty()) {
            return TOKEN + time;
        }
        String issuer = config.expectedIssuer();
        if (!issuer.isEmpty() && !claims.text("iss").equals(Optional.of(issuer))) {
            return TOKEN + "invalid issuer (iss) claim";
        }
        String subject = role.names().subject();
        if (!subject.isEmpty() && !claims.text("sub").equals(Optional.of(subject))) {
            return TOKEN + "invalid subject (sub) claim";
        }
        String audience = audienceRefusal(role, claims);
        if (!audience.isEmpty()) {
            return audience;
        }
        String bound = claims.boundRefusal(role.bound(), role.globs());
        if (!bound.isEmpty()) {
            return CLAIMS + bound;
        }
        return claims.text(role.names().user()).filter(user -> !user.isEmpty()).isEmpty()
                ? "claim \"" + role.names().user() + "\" not found in token"
                : "";
    }

    private static String audienceRefusal(JwtRole role, Claims claims) {
        List<String> meant = claims.texts("aud").orElse(List.of());
        if (role.names().audiences().isEmpty()) {
            return meant.isEmpty() ? "" : "audience claim found in JWT but no audiences bound to the role";
        }
        return meant.stream().anyMatch(Set.copyOf(role.names().audiences())::contains)
                ? ""
                : TOKEN + "invalid audience (aud) claim";
    }

    private static Response granted(JwtRole role, Claims claims) {
        Map<String, String> metadata = new TreeMap<>();
        role.mappings().forEach((claim, name) -> claims.text(claim).ifPresent(value -> metadata.put(name, value)));
        metadata.put("role", role.name());
        String user = claims.text(role.names().user()).orElseThrow();
        Optional<List<String>> groups = role.names().groups().isEmpty()
                ? Optional.empty()
                : Optional.of(claims.texts(role.names().groups()).orElse(List.of()));
        return new Response.Granted(
                new Grant.Login(
                        role.rules().terms(),
                        role.rules().policies(),
                        user,
                        user,
                        metadata,
                        groups,
                        Map.of(ROLE, role.name())),
                List.of());
    }
}
