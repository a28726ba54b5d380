// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.wrapping;

import io.coffer.core.Ttl;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.cubbyhole.CubbyholeEngine;
import io.coffer.core.mount.MountTable;
import io.coffer.core.policy.PolicyName;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.WrapInfo;
import io.coffer.core.storage.Folder;
import io.coffer.core.token.Lifetime;
import io.coffer.core.token.Parent;
import io.coffer.core.token.Provenance;
import io.coffer.core.token.Token;
import io.coffer.core.token.TokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Lays answers away and hands them out.
///
/// The token is good for one request, so whoever finds it used knows that somebody else has seen the
/// answer. Taking an answer out and ending its token are one transaction: of any number who try, one gets
/// it.
public final class Wrapping {
    private static final List<String> POLICIES = List.of(PolicyName.RESPONSE_WRAPPING.value());
    private static final String RESPONSE = "response";

    private final TokenStore tokens;
    private final MountTable mounts;

    public Wrapping(TokenStore tokens, MountTable mounts) {
        this.tokens = tokens;
        this.mounts = mounts;
    }

    /// How an answer is laid away.
    ///
    /// @param path that was answered
    /// @param wrappedAccessor of what is in it; empty if that has none
    public record Terms(Duration ttl, String path, String wrappedAccessor) {}

    /// An answer that lies here.
    ///
    /// @param ttl how long it was laid away for
    public record Lying(TokenStore.Found token, Duration ttl, Instant created, String path) {}

    /// Lays an answer away under a new token.
    ///
    /// @param answer as its client would have got it
    public WrapInfo wrap(BarrierWriter writer, Call call, Terms terms, Json answer) {
        return lay(writer, call, terms, new String(JsonText.write(answer), StandardCharsets.UTF_8));
    }

    /// The answer that a token opens, as long as nobody has.
    public Optional<Lying> find(BarrierReader reader, Credential credential, Instant now) {
        return tokens.find(reader, credential, now)
                .filter(found -> isWrapping(found.token().policies()))
                .map(Wrapping::lying);
    }

    /// Whether a token with these policies does nothing but open an answer.
    public static boolean isWrapping(List<String> policies) {
        return policies.equals(POLICIES);
    }

    /// Takes an answer out: it lies here no more, and its token is dead.
    ///
    /// @return as it was laid away, to the byte
    public Json take(BarrierWriter writer, Lying lying) {
        return new Json.Raw(text(writer, lying).getBytes(StandardCharsets.UTF_8));
    }

    /// Gives an answer another token; the one that it had is dead.
    public WrapInfo move(BarrierWriter writer, Call call, Lying lying) {
        return lay(writer, call, new Terms(lying.ttl(), lying.path(), ""), text(writer, lying));
    }

    private String text(BarrierWriter writer, Lying lying) {
        Folder folder = mounts.read(writer).cubbyhole();
        String id = lying.token().id();
        String text = CubbyholeEngine.get(writer, folder, id, RESPONSE)
                .map(data -> ((Json.Str) data.get(RESPONSE)).value())
                .orElseThrow(() -> new IllegalStateException("a wrapping token has no answer"));
        CubbyholeEngine.wipe(writer, folder, id);
        tokens.revoke(writer, id);
        return text;
    }

    private WrapInfo lay(BarrierWriter writer, Call call, Terms terms, String answer) {
        Ttl.Terms life = new Ttl.Terms(terms.ttl(), Duration.ZERO, terms.ttl(), Duration.ZERO);
        Token token = new Token(
                tokens.newAccessor(call.random()),
                Token.Type.SERVICE,
                POLICIES,
                Provenance.of(terms.path(), "token"),
                Parent.NONE,
                Lifetime.of(call.now(), terms.ttl(), life, false),
                1,
                List.of());
        TokenStore.Outcome outcome = tokens.make(writer, token, tokens.newCredential(call.random()), call.random());
        if (!(outcome instanceof TokenStore.Outcome.Made(Credential credential, TokenStore.Found found))) {
            throw new IllegalStateException("a drawn token was there already");
        }
        CubbyholeEngine.put(
                writer,
                mounts.read(writer).cubbyhole(),
                found.id(),
                RESPONSE,
                Json.object().put(RESPONSE, answer).build());
        return new WrapInfo(
                credential,
                token.accessor(),
                terms.ttl().toSeconds(),
                found.token().life().created(),
                terms.path(),
                terms.wrappedAccessor());
    }

    private static Lying lying(TokenStore.Found found) {
        Token token = found.token();
        return new Lying(
                found,
                token.life().creationTtl(),
                token.life().created(),
                token.provenance().path());
    }
}
