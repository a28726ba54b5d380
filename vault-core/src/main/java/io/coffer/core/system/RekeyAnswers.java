// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.Timestamps;
import io.coffer.core.ceremony.Gathering;
import io.coffer.core.ceremony.PendingRekey;
import io.coffer.core.ceremony.Rekey;
import io.coffer.core.ceremony.RekeyPlan;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.request.Json;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a rekey shows in answers.
///
/// @param named whether the names of holders may show: to tokens only
record RekeyAnswers(RekeyWords words, boolean named) {
    /// How far a rekey is.
    Json.Obj status(Rekey.Status status) {
        if (status.proving().isPresent()) {
            return awaitingProof(status, status.proving().get());
        }
        if (status.collecting().isPresent()) {
            return collecting(status, status.collecting().get());
        }
        Json.Builder idle = Json.object();
        if (words.isBare()) {
            idle.put("nonce", "");
        }
        idle.put("started", false).put("t", 0).put("n", 0);
        if (words.isBare()) {
            idle.put("progress", 0);
        }
        idle.put("required", status.record().config().threshold());
        if (words.isBare()) {
            idle.put("pgp_fingerprints", Json.NULL).put("backup", false).put("verification_required", false);
        }
        generations(status.record(), idle);
        return idle.build();
    }

    private Json.Obj collecting(Rekey.Status status, Gathering.Open<RekeyPlan> open) {
        RekeyPlan plan = open.plan();
        Json.Builder answer = begun(open.ceremony().nonce(), plan.config())
                .put("progress", open.ceremony().progress())
                .put("required", open.ceremony().required());
        planned(plan, answer);
        started(open.starter(), status.expires(), answer);
        if (!open.votes().isEmpty()) {
            answer.put("cancel_votes", open.votes().size());
        }
        generations(status.record(), answer);
        return answer.build();
    }

    private static Json.Obj awaitingProof(Rekey.Status status, Gathering.Open<PendingRekey> open) {
        PendingRekey pending = open.plan();
        Json.Builder answer = begun(
                        pending.nonce(),
                        status.record().pending().map(Generation::config).orElseThrow())
                .put("progress", 0)
                .put("required", status.record().config().threshold())
                .put("pgp_fingerprints", fingerprints(pending.fingerprints()))
                .put("backup", pending.backup())
                .put("verification_required", true)
                .put("verification_nonce", open.ceremony().nonce());
        verifyAll(pending.all(), answer);
        started(pending.starter(), status.expires(), answer);
        generations(status.record(), answer);
        return answer.build();
    }

    /// How far the proof of the new shares is.
    static Json.Obj proof(Rekey.Status status, Gathering.Open<PendingRekey> open) {
        SealConfig config = status.record().pending().map(Generation::config).orElseThrow();
        Json.Builder answer = begun(open.ceremony().nonce(), config)
                .put("progress", open.ceremony().progress())
                .put("required", open.ceremony().required());
        started(open.starter(), status.expires(), answer);
        return answer.build();
    }

    /// The new shares, once.
    static Json.Obj made(Rekey.Handover handover) {
        RekeyPlan plan = handover.plan();
        Json.Builder answer = Json.object()
                .put("nonce", handover.nonce())
                .put("complete", true)
                .put("keys", SecretJson.hex(handover.shares()))
                .put("keys_base64", SecretJson.base64(handover.shares()))
                .put("pgp_fingerprints", fingerprints(plan.fingerprints()))
                .put("backup", plan.backup())
                .put("verification_required", handover.proofNonce().isPresent());
        handover.proofNonce().ifPresent(nonce -> answer.put("verification_nonce", nonce));
        verifyAll(plan.proof() == RekeyPlan.Proof.ALL, answer);
        return answer.put("generation", handover.set().number()).build();
    }

    /// What a rekey would be.
    Json.Obj plan(RekeyPlan plan, SealRecord record) {
        Json.Builder answer = Json.object()
                .put("dry_run", true)
                .put("t", plan.config().threshold())
                .put("n", plan.config().shares())
                .put("required", record.config().threshold());
        planned(plan, answer);
        return answer.put("generation", record.generation())
                .put("new_generation", record.nextGeneration())
                .build();
    }

    private void planned(RekeyPlan plan, Json.Builder answer) {
        answer.put("pgp_fingerprints", fingerprints(plan.fingerprints()))
                .put("backup", plan.backup())
                .put("verification_required", plan.proof() != RekeyPlan.Proof.NONE);
        verifyAll(plan.proof() == RekeyPlan.Proof.ALL, answer);
        if (named && plan.delivery()) {
            answer.put("share_holders", holders(plan));
        }
    }

    private static Json.Builder begun(String nonce, SealConfig config) {
        return Json.object()
                .put("nonce", nonce)
                .put("started", true)
                .put("t", config.threshold())
                .put("n", config.shares());
    }

    private static void verifyAll(boolean all, Json.Builder answer) {
        if (all) {
            answer.put("verify_all", true);
        }
    }

    private static void started(Starter starter, Optional<Instant> expires, Json.Builder answer) {
        answer.put("started_by", starter.text());
        expires.ifPresent(date -> answer.put("expires", Timestamps.format(date)));
    }

    private static void generations(SealRecord record, Json.Builder answer) {
        answer.put("generation", record.generation());
        record.previous().ifPresent(set -> answer.put("previous_generation", set.number()));
        record.pending().ifPresent(set -> answer.put("pending_generation", set.number()));
    }

    private static Json fingerprints(List<String> all) {
        return all.isEmpty() ? Json.NULL : Json.of(all);
    }

    private static Json holders(RekeyPlan plan) {
        List<Json> all = new ArrayList<>();
        for (RekeyPlan.Holder holder : plan.holders()) {
            all.add(Json.object()
                    .put("index", plan.config().shares() == 1 ? 0 : all.size() + 1)
                    .put("name", holder.name())
                    .put("fingerprint", holder.key().fingerprint())
                    .build());
        }
        return new Json.Arr(all);
    }
}
