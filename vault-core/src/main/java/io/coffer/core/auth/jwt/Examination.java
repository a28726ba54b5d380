// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.engine.Call;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a token that is signed must say by a configuration and a role, and what that leads to.
record Examination(JwtConfig config, JwtRole role) {
    /// What a login leaves for a renewal.
    static final String ROLE = "role";

    static final Response CHANGED =
            new Response.Busy("the configuration or the role was changed meanwhile; log in again");

    static final String TOKEN = "error validating token: ";
    private static final String CLAIMS = "error validating claims: ";

    /// The answer to somebody with a token, in the transaction that lets him in.
    Response answer(Call call, Reader<Plaintext> reader, Claims claims) {
        if (!isCurrent(call, reader)) {
            return CHANGED;
        }
        String refusal = refusal(call, claims);
        return refusal.isEmpty() ? granted(claims) : new Response.Invalid(refusal);
    }

    /// Whether both are as they were when the token was looked at.
    boolean isCurrent(Call call, Reader<Plaintext> reader) {
        return isSame(call, reader, config)
                && JwtRole.find(reader, call.mount().folder(), role.name())
                        .filter(role::equals)
                        .isPresent();
    }

    static boolean isSame(Call call, Reader<Plaintext> reader, JwtConfig config) {
        return JwtConfig.find(reader, call.mount().folder())
                .filter(config::equals)
                .isPresent();
    }

    private String refusal(Call call, Claims claims) {
        String time = claims.timeRefusal(call.now(), role.leeway());
        if (!time.isEmpty()) {
            return TOKEN + time;
        }
        if (role.signsIn() && !claims.isSignedInSince(call.now(), role.leeway())) {
            return TOKEN + "invalid auth_time claim: somebody has signed in too long ago";
        }
        String issuer = config.expectedIssuer();
        if (!issuer.isEmpty() && !claims.text("iss").equals(Optional.of(issuer))) {
            return TOKEN + "invalid issuer (iss) claim";
        }
        String subject = role.names().subject();
        if (!subject.isEmpty() && !claims.text("sub").equals(Optional.of(subject))) {
            return TOKEN + "invalid subject (sub) claim";
        }
        String audience = audienceRefusal(claims);
        if (!audience.isEmpty()) {
            return audience;
        }
        String bound = claims.boundRefusal(role.wanted(), role.globs());
        if (!bound.isEmpty()) {
            return CLAIMS + bound;
        }
        return role.user(claims).filter(user -> !user.isEmpty()).isEmpty()
                ? "claim \"" + role.names().user() + "\" not found in token"
                : "";
    }

    /// A token that an issuer gave us is for us, and must be for one that the role names only if it names
    /// any; one that somebody brings must be for one that the role names.
    private String audienceRefusal(Claims claims) {
        List<String> meant = claims.texts("aud").orElse(List.of());
        if (role.signsIn() && !isForClient(claims, meant)) {
            return TOKEN + "invalid audience (aud) claim";
        }
        if (role.names().audiences().isEmpty()) {
            return role.signsIn() || meant.isEmpty()
                    ? ""
                    : "audience claim found in JWT but no audiences bound to the role";
        }
        return meant.stream().anyMatch(Set.copyOf(role.names().audiences())::contains)
                ? ""
                : TOKEN + "invalid audience (aud) claim";
    }

    private boolean isForClient(Claims claims, List<String> meant) {
        String client = config.client().id();
        return meant.contains(client) && claims.text("azp").map(client::equals).orElse(true);
    }

    private Response granted(Claims claims) {
        Map<String, String> metadata = new TreeMap<>();
        role.mappings().forEach((claim, name) -> claims.text(claim).ifPresent(value -> metadata.put(name, value)));
        metadata.put("role", role.name());
        String user = role.user(claims).orElseThrow();
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
