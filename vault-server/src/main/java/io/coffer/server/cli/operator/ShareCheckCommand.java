// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.request.Json;
import io.coffer.core.seal.Commitments;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.StoreId;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.SecretInput;
import io.coffer.server.cli.SecretText;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells a holder whether his share is good. The share stays on this machine: the vault only says what to compare it
/// with.
final class ShareCheckCommand implements Command {
    private static final Flag REPORT =
            Flag.on("report", "If the share is good, tell the vault so: operators see the date. It needs a token.");

    @Override
    public Shape shape() {
        return new Shape(
                "[SHARE|-]",
                "Tells whether a key share is good, which one it is and of which generation. The share leaves this"
                        + " machine in no form. The exit code is 0 if it opens the vault or will, 2 if it does not.",
                List.of(REPORT),
                0,
                1);
    }

    /// What a share turned out to be.
    private record Found(int index, int generation, String state) {
        boolean good() {
            return !state.equals("former");
        }
    }

    @Override
    public int run(Invocation call) throws IOException {
        Json.Obj known = call.api()
                .ask(ApiCall.get("sys/share/commitments").anonymous(), "reading share commitments")
                .object();
        char[] typed = new SecretInput(call).share(call.arguments().optional(0));
        Optional<Found> found;
        try (Secret text = Secret.takeFrom(SecretText.utf8(typed, typed.length))) {
            found = find(known, text);
        }
        if (found.isEmpty()) {
            call.output().value(Json.object().put("good", false).build(), "This is no share of this vault.\n");
            return Failure.REMOTE;
        }
        show(call, found.get());
        if (found.get().good() && call.arguments().on(REPORT)) {
            Json.Obj body = Json.object()
                    .put("generation", found.get().generation())
                    .put("index", found.get().index())
                    .build();
            call.api().ask(ApiCall.put("sys/share/report", body), "reporting the share");
            call.output().warn("The vault has kept today's date for this share.");
        }
        return found.get().good() ? 0 : Failure.REMOTE;
    }

    private static Optional<Found> find(Json.Obj known, Secret text) {
        return switch (ShareText.parse(text)) {
            case ShareText.Unreadable(String reason) -> throw Failure.local(reason);
            case ShareText.Read(Secret share) -> {
                try (share) {
                    yield find(known, StoreId.of(bytes(known, "store_id")), share);
                }
            }
        };
    }

    private static Optional<Found> find(Json.Obj known, StoreId store, Secret share) {
        for (Json one : Scalars.items(known.get("sets"))) {
            Json.Obj set = Scalars.object(one);
            List<byte[]> values = new ArrayList<>();
            for (Json value : Scalars.items(set.get("commitments"))) {
                values.add(HexFormat.of().parseHex(Scalars.string(value)));
            }
            int generation = (int) Scalars.number(set.get("generation"));
            OptionalInt index = new Commitments(generation, bytes(set, "salt"), values).indexOf(store, share);
            if (index.isPresent()) {
                return Optional.of(new Found(index.getAsInt(), generation, Scalars.string(set.get("state"))));
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(Json.Obj object, String name) {
        try {
            return HexFormat.of().parseHex(Scalars.string(object.get(name)));
        } catch (IllegalArgumentException malformed) {
            throw Failure.remote("the vault's answer has no proper " + name);
        }
    }

    private static void show(Invocation call, Found found) {
        String says =
                switch (found.state()) {
                    case "current" -> "it opens the vault";
                    case "previous" -> "it opens the vault until the new shares have arrived";
                    case "pending" -> "it will open the vault when the new shares are proved";
                    default -> "it opens nothing any more: the shares were replaced";
                };
        call.output()
                .value(
                        Json.object()
                                .put("good", found.good())
                                .put("index", found.index())
                                .put("generation", found.generation())
                                .put("state", found.state())
                                .build(),
                        Table.ofValues()
                                .row("Good", found.good() + ": " + says)
                                .row("Share", found.index() == 0 ? "the only one" : Integer.toString(found.index()))
                                .row("Generation", Integer.toString(found.generation()))
                                .toString());
    }
}
