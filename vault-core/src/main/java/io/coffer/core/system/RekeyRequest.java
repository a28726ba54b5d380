// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.ceremony.RekeyPlan;
import io.coffer.core.ceremony.Starter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Json;
import io.coffer.core.request.RequestPath;
import io.coffer.core.request.Values;
import io.coffer.core.seal.SealConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a rekey is asked for, as a request says it.
sealed interface RekeyRequest {
    /// The longest name of a holder, in characters.
    int LONGEST_NAME = 128;

    static Field[] fields() {
        return new Field[] {
            Field.secret(
                    "key",
                    "A current share, in hex or base64: starts a rekey without a token, and counts as its first."),
            Field.number("secret_shares", "How many new shares there will be."),
            Field.number("secret_threshold", "How many of them will open the vault."),
            Field.texts("pgp_keys", "A public OpenPGP key in base64 for each new share, which is encrypted to it."),
            Field.any(
                    "share_holders",
                    "Instead of pgp_keys: a list of {\"name\", \"key\"} with an OpenPGP key in base64, an age recipient or"
                            + " an SSH key for each new share, which waits for its holder until he has fetched it."),
            Field.flag("backup", "Keep the encrypted shares at sys/rekey/backup."),
            Field.flag(
                    "require_verification",
                    "Keep the former shares until as many of the new ones as their threshold have been handed in."),
            Field.flag("verify_all", "Keep the former shares until every one of the new ones has been handed in."),
            Field.flag("dry_run", "Return what the rekey would be, and begin nothing.")
        };
    }

    record Good(RekeyPlan plan) implements RekeyRequest {}

    record Bad(String reason) implements RekeyRequest {}

    static RekeyRequest of(Call call, Starter starter) {
        Values values = call.request().values();
        List<RekeyPlan.Holder> holders;
        try {
            holders = holders(values, call.now());
        } catch (Recipients.UnusableKeyException | IllegalArgumentException unusable) {
            return new Bad("invalid rekey seal configuration: " + unusable.getMessage());
        }
        boolean named = values.any("share_holders").isPresent();
        long shares = values.number("secret_shares").orElse(named ? holders.size() : 0);
        long threshold = values.number("secret_threshold").orElse(0);
        boolean backup = values.flag("backup").orElse(false);
        if (!holders.isEmpty() && holders.size() != shares) {
            return new Bad(
                    named ? "incorrect number of share_holders for rekey" : "incorrect number of PGP keys for rekey");
        }
        if (holders.isEmpty() && backup) {
            return new Bad("cannot request a backup of the new keys without providing PGP keys for encryption");
        }
        if (holders.isEmpty() && starter instanceof Starter.ByShare) {
            return new Bad("a rekey that a share starts names a key for every holder: give pgp_keys or share_holders,"
                    + " or let a token start it");
        }
        String refusal = SealConfig.refusal(shares, threshold);
        if (!refusal.isEmpty()) {
            return new Bad("invalid rekey seal configuration: " + refusal);
        }
        SealConfig config = new SealConfig((int) shares, (int) threshold);
        return new Good(new RekeyPlan(config, holders, backup, named && !holders.isEmpty(), proof(values)));
    }

    private static RekeyPlan.Proof proof(Values values) {
        return values.flag("verify_all").orElse(false)
                ? RekeyPlan.Proof.ALL
                : values.flag("require_verification").orElse(false) ? RekeyPlan.Proof.QUORUM : RekeyPlan.Proof.NONE;
    }

    private static List<RekeyPlan.Holder> holders(Values values, Instant now) {
        List<String> keys = values.strings("pgp_keys").orElse(List.of());
        if (values.any("share_holders").isEmpty()) {
            return keys.stream()
                    .map(key -> new RekeyPlan.Holder("", Recipients.pgp(key, now)))
                    .toList();
        }
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException("give pgp_keys or share_holders, not both");
        }
        if (!(values.any("share_holders").get() instanceof Json.Arr list)) {
            throw new IllegalArgumentException("share_holders is a list of {\"name\", \"key\"}");
        }
        List<RekeyPlan.Holder> holders = new ArrayList<>();
        for (Json item : list.items()) {
            if (!(item instanceof Json.Obj one
                    && one.get("name") instanceof Json.Str name
                    && one.get("key") instanceof Json.Str key)) {
                throw new IllegalArgumentException("share_holders is a list of {\"name\", \"key\"}");
            }
            holders.add(new RekeyPlan.Holder(checked(name.value()), Recipients.any(key.value(), now)));
        }
        return holders;
    }

    private static String checked(String name) {
        if (name.isEmpty()
                || name.codePointCount(0, name.length()) > LONGEST_NAME
                || !name.codePoints().allMatch(RequestPath::printable)) {
            throw new IllegalArgumentException(
                    "the name of a share's holder is 1 to " + LONGEST_NAME + " printable characters");
        }
        return name;
    }
}
