// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.audit.AuditLog;
import io.coffer.core.ceremony.Authority;
import io.coffer.core.ceremony.Rekey;
import io.coffer.core.ceremony.RekeyPlan;
import io.coffer.core.ceremony.RekeyUpdate;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `sys/rekey/init` and `update`, and their newer names `sys/rotate/root/*`: holders of shares that open the vault
/// agree to new ones. Every start, share and cancel is told to the audit devices.
public final class RekeyRoutes {
    private static final String STATUS =
            "`nonce`, `started`, `t`, `n`, `progress`, `required`, `pgp_fingerprints`, `backup`, `verification_required`;"
                    + " of our own `started_by` and `expires` while one is open, `generation`, `previous_generation` and"
                    + " `pending_generation` while there are such, and to tokens `share_holders`";

    private final Rekey rekey;
    private final AuditLog audit;
    private final RekeyWords words;

    private RekeyRoutes(Rekey rekey, AuditLog audit, RekeyWords words) {
        this.rekey = rekey;
        this.audit = audit;
        this.words = words;
    }

    /// All routes of a rekey, under both names.
    public static List<Route> of(Rekey rekey, AuditLog audit) {
        List<Route> all = new ArrayList<>();
        for (RekeyWords words : List.of(RekeyWords.REKEY, RekeyWords.ROTATE)) {
            all.addAll(new RekeyRoutes(rekey, audit, words).routes());
            all.addAll(new ProofRoutes(rekey, audit, words).routes());
        }
        return all;
    }

    /// Who may see how far it is and hand in shares: anyone, or under the newer name whose token allows it.
    static Access joining(RekeyWords words) {
        return words.isBare() ? Access.ANYONE_NAMED : Access.TOKEN;
    }

    static Route route(
            RekeyWords words, String path, Operation operation, Access access, String help, Handler.Act work) {
        return Route.acts(words.path() + path, operation, help, work)
                .access(access)
                .shape(words.isBare() ? Shape.RAW : Shape.ENVELOPE);
    }

    private List<Route> routes() {
        Access joining = joining(words);
        return List.of(
                route(words, "/init", Operation.READ, joining, "Return how far a rekey is.", this::status)
                        .answering(STATUS),
                route(
                                words,
                                "/init",
                                Operation.UPDATE,
                                Access.TOKEN_OR_SHARE,
                                "Begin a rekey: new shares and a new root key.",
                                this::start)
                        .with(RekeyRequest.fields())
                        .answering(STATUS + "; with `dry_run` the plan", refusalsOfStart()),
                route(
                                words,
                                "/init",
                                Operation.DELETE,
                                Access.TOKEN_OR_SHARE,
                                "End a rekey, and drop new shares that wait for their proof.",
                                this::cancel)
                        .with(ShareCall.SHARE)
                        .answering(
                                "204; for a share that did not begin it, as a first vote: the status with `cancel_votes`."
                                        + " A second one ends it",
                                ShareCall.NO_AUTHORITY),
                route(words, "/update", Operation.UPDATE, joining, "Agree to a rekey with a share.", this::update)
                        .with(ShareCall.SHARE, ShareCall.NONCE)
                        .answering(
                                "the status; with the last share `complete`, `keys`, `keys_base64`, `generation`, to the"
                                        + " token that began it or if they are encrypted. It gets them also with `nonce`"
                                        + " alone, once `progress` is `required`",
                                ShareCall.REFUSED,
                                "400 `" + words.noneOpen() + "`, `" + words.noKey() + "`, `" + words.repeated() + '`',
                                "400 `" + words.nonces() + "\"…\"`"));
    }

    private String[] refusalsOfStart() {
        return new String[] {
            ShareCall.NO_AUTHORITY,
            "400 `" + words.underWay() + '`',
            "400 `invalid rekey seal configuration: …`",
            "400 `incorrect number of PGP keys for rekey`, `incorrect number of share_holders for rekey`",
            "400 `a rekey that a share starts names a key for every holder: …`"
        };
    }

    private Response status(Call call, Vault vault) {
        return status(call, rekey.status());
    }

    private Response status(Call call, Rekey.Status status) {
        return new Response.Ok(answers(call).status(status));
    }

    private RekeyAnswers answers(Call call) {
        return new RekeyAnswers(words, !call.caller().equals(Caller.NOBODY));
    }

    private Response start(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        Rekey.Status before = rekey.status();
        Optional<Starter> starter = Authority.of(call, before.record());
        if (starter.isEmpty()) {
            return with.denied();
        }
        if (before.collecting().isPresent() || before.proving().isPresent()) {
            return with.refused(words.underWay());
        }
        return switch (RekeyRequest.of(call, starter.get())) {
            case RekeyRequest.Bad(String reason) -> with.refused(reason);
            case RekeyRequest.Good(RekeyPlan plan) ->
                call.request().values().flag("dry_run").orElse(false)
                        ? new Response.Ok(answers(call).plan(plan, before.record()))
                        : with.taking(share -> start(with, starter.get(), plan, share));
        };
    }

    private Response start(ShareCall with, Starter starter, RekeyPlan plan, Optional<Secret> share) {
        Optional<Rekey.Status> status = rekey.start(plan, starter, share);
        if (status.isEmpty()) {
            return with.refused(words.underWay());
        }
        SealConfig config = plan.config();
        String outcome = words.noun() + " started by " + starter.text() + ": " + config.threshold() + " of "
                + config.shares() + " shares";
        switch (starter) {
            case Starter.ByShare(ShareId id) -> with.told(outcome, id);
            case Starter.ByToken token -> with.told(outcome);
            case Starter.Anybody anybody -> with.told(outcome);
        }
        return status(with.call(), status.get());
    }

    private Response cancel(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        Optional<Starter> starter = Authority.of(call, rekey.status().record());
        if (starter.isEmpty()) {
            return with.denied();
        }
        return switch (rekey.cancel(starter.get())) {
            case ENDED -> {
                with.told(words.noun() + " cancelled by " + starter.get().text());
                yield Response.NO_CONTENT;
            }
            case ONE_VOTE -> {
                with.told(words.noun() + ": " + starter.get().text() + " wants it cancelled");
                yield status(call, rekey.status());
            }
        };
    }

    private Response update(Call call, Vault vault) {
        ShareCall with = new ShareCall(call, audit);
        String nonce = call.request().values().text("nonce").orElse("");
        if (nonce.isEmpty() && !words.isBare()) {
            return with.refused("missing required field 'nonce'");
        }
        return with.taking(share -> switch (rekey.update(nonce, share, Authority.token(call.caller()))) {
            case RekeyUpdate.NoneOpen none -> with.refused(words.noneOpen());
            case RekeyUpdate.NoShare none -> with.refused(words.noKey());
            case RekeyUpdate.ProofAwaited(String proof) -> with.refused(words.proofAwaited() + '"' + proof + '"');
            case RekeyUpdate.WrongNonce(String right) -> with.refused(words.nonces() + '"' + right + '"');
            case RekeyUpdate.Refused(String reason) -> with.refused(reason);
            case RekeyUpdate.Repeated(ShareId id) -> with.refused(words.repeated());
            case RekeyUpdate.Taken(ShareId id) -> {
                with.told(words.noun() + ": share taken", id);
                yield status(call, rekey.status());
            }
            case RekeyUpdate.Made(Optional<ShareId> last, Rekey.Handover handover) -> {
                last.ifPresent(id -> with.told(words.noun() + ": share taken", id));
                yield made(with, handover);
            }
        });
    }

    private Response made(ShareCall with, Rekey.Handover handover) {
        try (handover) {
            int generation = handover.set().number();
            boolean pending = handover.proofNonce().isPresent();
            with.told(words.noun() + (pending ? ": new shares wait for their proof" : " complete") + ", generation "
                    + generation);
            Response.Ok answer = new Response.Ok(RekeyAnswers.made(handover));
            return pending ? answer : new Response.Handed(answer, () -> rekey.arrived(generation));
        }
    }
}
