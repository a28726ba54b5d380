// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.ceremony.Gathering;
import io.coffer.core.ceremony.Rekey;
import io.coffer.core.ceremony.RekeyProof;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import java.util.List;
import java.util.Optional;

/// `sys/rekey/verify` and `sys/rotate/root/verify`: new shares prove that they have arrived, before the former ones
/// are worth nothing.
final class ProofRoutes {
    private static final String PROOF = "`nonce`, `started`, `t`, `n`, `progress`";

    private final Rekey rekey;
    private final AuditLog audit;
    private final RekeyWords words;

    ProofRoutes(Rekey rekey, AuditLog audit, RekeyWords words) {
        this.rekey = rekey;
        this.audit = audit;
        this.words = words;
    }

    List<Route> routes() {
        Access joining = RekeyRoutes.joining(words);
        return List.of(
                RekeyRoutes.route(
                                words,
                                "/verify",
                                Operation.READ,
                                joining,
                                "Return how far the proof of new shares is.",
                                (call, vault) -> status(new ShareCall(call, audit)))
                        .answering(PROOF, "400 `" + words.nothingToProve() + '`'),
                RekeyRoutes.route(
                                words,
                                "/verify",
                                Operation.UPDATE,
                                joining,
                                "Prove with a new share that it has arrived.",
                                this::verify)
                        .with(ShareCall.SHARE, ShareCall.NONCE)
                        .answering(
                                PROOF + "; with the last share `complete` and `generation`",
                                ShareCall.REFUSED,
                                "400 `" + words.noProofAwaited() + "`, `" + words.proofRepeated() + '`',
                                "400 `" + words.proofNonces() + "\"…\"`"),
                RekeyRoutes.route(
                                words,
                                "/verify",
                                Operation.DELETE,
                                Access.TOKEN_OR_SHARE,
                                "Begin the proof of new shares anew; they stay.",
                                this::restart)
                        .with(ShareCall.SHARE)
                        .answering(PROOF, ShareCall.NO_AUTHORITY));
    }

    private Response status(ShareCall with) {
        Rekey.Status status = rekey.status();
        return status.proving().isEmpty()
                ? with.refused(words.nothingToProve())
                : new Response.Ok(RekeyAnswers.proof(status, status.proving().get()));
    }

    private Response restart(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        Optional<Starter> who = Authority.of(call, rekey.status().record());
        if (who.isEmpty()) {
            return with.denied();
        }
        if (rekey.restartProof(who.get()).filter(Gathering.Ending.ENDED::equals).isPresent()) {
            with.told(words.noun() + ": proof of new shares begun anew by "
                    + who.get().text());
        }
        return status(with);
    }

    private Response verify(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        String nonce = call.request().values().text("nonce").orElse("");
        if (nonce.isEmpty() && !words.isBare()) {
            return with.refused("missing required field 'nonce'");
        }
        return with.taking(share -> share.isEmpty() ? with.refused(words.noKey()) : verify(with, nonce, share.get()));
    }

    private Response verify(ShareCall with, String nonce, Secret share) {
        return switch (rekey.verify(nonce, share)) {
            case RekeyProof.NoneOpen none -> with.refused(noneOpen());
            case RekeyProof.WrongNonce(String right) -> with.refused(words.proofNonces() + '"' + right + '"');
            case RekeyProof.Refused(String reason) -> with.refused(reason);
            case RekeyProof.Repeated(ShareId id) -> with.refused(words.proofRepeated());
            case RekeyProof.Taken(ShareId id) -> {
                with.told(words.noun() + ": new share proved", id);
                yield status(with);
            }
            case RekeyProof.Complete(ShareId last, String proven) -> {
                with.told(words.noun() + ": new share proved", last);
                with.told(words.noun() + " complete, generation " + last.generation());
                yield new Response.Ok(Json.object()
                        .put("nonce", proven)
                        .put("complete", true)
                        .put("generation", last.generation())
                        .build());
            }
        };
    }

    private String noneOpen() {
        boolean other = rekey.status().collecting().isPresent();
        return words.isBare() && !other ? "no rekey in progress" : words.noProofAwaited();
    }
}
