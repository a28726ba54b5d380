// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.term;

import io.coffer.core.Timestamps;
import io.coffer.core.crypto.SigningKey;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.storage.StoreId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a vault states, signed, of keys that it has destroyed: a flat JSON object.
///
/// Signed is the label `coffer/receipt`, a zero byte, and the object without `signature` in its canonical form (RFC
/// 8785: members sorted, no blanks), so it may be indented and its members may stand in any order. docs/format.md has
/// an example.
public final class Receipt {
    /// The member that is not signed itself.
    static final String SIGNATURE = "signature";

    private static final int FORM = 1;
    private static final byte[] LABEL = "coffer/receipt\0".getBytes(StandardCharsets.US_ASCII);

    /// Every member that a receipt of this form has.
    private static final List<String> MEMBERS = List.of(
            "v",
            "id",
            "kind",
            "store_id",
            "scope",
            "mount",
            "terms",
            "requested",
            "destroyed",
            "erased",
            "record",
            "share_generations",
            "proves",
            "does_not_prove",
            "public_key",
            SIGNATURE);

    private Receipt() {}

    /// What became of a receipt that was checked.
    public sealed interface Check {
        /// The owner of the key has signed exactly this.
        record Good(Json.Obj receipt) implements Check {}

        /// It is no receipt, or not what was signed. The reason is for people.
        record Bad(String reason) implements Check {}
    }

    /// The receipt of a destruction that was carried out.
    ///
    /// @param erased when the files were found to be clean
    static Json.Obj of(
            Destruction done, Destruction.State.Erasing state, StoreId store, Instant erased, SigningKey key) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("v", Json.of(FORM));
        members.put("id", Json.of(done.id()));
        members.put("kind", Json.of(done.kind().wireName()));
        members.put("store_id", Json.of(HexFormat.of().formatHex(store.bytes())));
        members.put("scope", Json.of(done.scope().name()));
        members.put("mount", Json.of(done.mount()));
        members.put("terms", Destruction.numbers(done.terms()));
        members.put("requested", Json.of(Timestamps.format(done.requested())));
        members.put("destroyed", Json.of(Timestamps.format(state.destroyed())));
        members.put("erased", Json.of(Timestamps.format(erased)));
        members.put("record", Json.of(state.record()));
        members.put("share_generations", Destruction.numbers(state.generations()));
        members.put("proves", Json.of(proves(done)));
        members.put("does_not_prove", Json.of(limits(state)));
        members.put("public_key", Json.of(Base64.getEncoder().encodeToString(key.publicKey())));
        byte[] signature = key.sign(message(members));
        members.put(SIGNATURE, Json.of(Base64.getEncoder().encodeToString(signature)));
        return new Json.Obj(members);
    }

    private static String proves(Destruction done) {
        String what = done.kind() == Destruction.Kind.TERM ? "this term" : "any term of this scope";
        return "When it was erased, no file in the data directory of this vault held a record of keys that opens "
                + what
                + ", whoever brings shares: the record named here and every one before it was looked for in each file.";
    }

    private static String limits(Destruction.State.Erasing state) {
        return "Copies of the store made before it was destroyed (backups, snapshots, freed blocks of the disk) still"
                + " open it, with shares of the generation that was current when they were made; the newest such"
                + " generation is " + state.generations().getLast() + ".";
    }

    /// Checks what somebody handed over as a receipt.
    ///
    /// @param publicKey of the vault, from where the receipt does not come
    public static Check check(Json.Obj given, byte[] publicKey) {
        if (!given.members().keySet().equals(Set.copyOf(MEMBERS))) {
            return new Check.Bad("it has not exactly the members of a receipt");
        }
        if (!(given.get("v") instanceof Json.Num number) || !number.text().equals(Integer.toString(FORM))) {
            return new Check.Bad("it has a form that this version does not know");
        }
        byte[] signature = decoded(given.get(SIGNATURE));
        Map<String, Json> members = new LinkedHashMap<>(given.members());
        members.remove(SIGNATURE);
        if (!SigningKey.verify(publicKey, message(members), signature)) {
            return new Check.Bad("this key has not signed it, or it was changed since");
        }
        return new Check.Good(given);
    }

    private static byte[] decoded(Json text) {
        try {
            return text instanceof Json.Str(String base64) ? Base64.getDecoder().decode(base64) : new byte[0];
        } catch (IllegalArgumentException malformed) {
            return new byte[0];
        }
    }

    private static byte[] message(Map<String, Json> members) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(LABEL);
        message.writeBytes(JsonText.write(new Json.Obj(new TreeMap<>(members))));
        return message.toByteArray();
    }
}
