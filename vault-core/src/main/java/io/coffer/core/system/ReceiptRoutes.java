// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.crypto.SigningKey;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.term.ReceiptKey;
import io.coffer.core.term.Receipts;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// `sys/receipts`: what this vault states, signed, of keys that it has destroyed; and for anybody the key that checks
/// it.
public final class ReceiptRoutes {
    /// What stands before an Ed25519 key in its general form (RFC 8410).
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private ReceiptRoutes() {}

    public static List<Route> routes() {
        return List.of(
                Route.surveys("receipts", Operation.LIST, "List the receipts of destroyed keys.", ReceiptRoutes::list)
                        .with(Paging.AFTER, Paging.LIMIT)
                        .answering("`keys`, their names: a scope, for one term with `.` and the term"),
                Route.governs(
                                "receipts/key",
                                Operation.READ,
                                "Return the public key that receipts are signed with.",
                                ReceiptRoutes::key)
                        .access(Access.ANYONE)
                        .answering(
                                "`algorithm` (`ed25519`), `key` (32 bytes in base64), `public_key` (the same in PEM)"),
                Route.surveys("receipts/:id", Operation.READ, "Return a receipt.", ReceiptRoutes::read)
                        .answering(
                                "the receipt as it was signed, see [keys/receipts.md](keys/receipts.md)",
                                "404: none has this name"));
    }

    private static Response list(Call call, BarrierReader reader) {
        return Listing.answer(call, reader, Receipts.RECORDS);
    }

    private static Response read(Call call, BarrierReader reader) {
        return Response.found(Receipts.find(reader, call.request().values().captured("id")));
    }

    private static Response key(Call call, BarrierWriter writer) {
        SigningKey key = ReceiptKey.of(writer, call.random());
        byte[] whole = new byte[SPKI.length + SigningKey.BYTES];
        System.arraycopy(SPKI, 0, whole, 0, SPKI.length);
        System.arraycopy(key.publicKey(), 0, whole, SPKI.length, SigningKey.BYTES);
        return new Response.Ok(Json.object()
                .put("algorithm", "ed25519")
                .put("key", Base64.getEncoder().encodeToString(key.publicKey()))
                .put(
                        "public_key",
                        "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(whole)
                                + "\n-----END PUBLIC KEY-----\n")
                .build());
    }
}
