// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.ceremony.ShareBackup;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// `sys/rekey/backup` and its other names: the encrypted shares of the last rekey that asked to keep them.
public final class BackupRoutes {
    private static final String NONE = "no backed-up keys found";

    private BackupRoutes() {}

    public static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (String path : List.of("rekey/backup", "rotate/root/backup")) {
            routes.add(Route.surveys(
                            path, Operation.READ, "Return the encrypted shares.", (call, reader) -> ShareBackup.read(
                                            reader)
                                    .<Response>map(backup -> new Response.Ok(answer(backup)))
                                    .orElse(new Response.Invalid(NONE)))
                    .shape(Shape.INJECTED));
            routes.add(Route.governs(path, Operation.DELETE, "Forget the encrypted shares.", (call, writer) -> {
                        writer.delete(ShareBackup.KEY);
                        return Response.NO_CONTENT;
                    })
                    .shape(Shape.INJECTED));
        }
        return routes;
    }

    private static Json answer(ShareBackup backup) {
        return Json.object()
                .put("nonce", backup.nonce())
                .put("keys", byFingerprint(backup, base64 -> HexFormat.of()
                        .formatHex(Base64.getDecoder().decode(base64))))
                .put("keys_base64", byFingerprint(backup, base64 -> base64))
                .build();
    }

    /// Who has a key for more than one share finds all of them.
    private static Json byFingerprint(ShareBackup backup, UnaryOperator<String> form) {
        Map<String, List<String>> messages = new LinkedHashMap<>();
        for (ShareBackup.Kept kept : backup.shares()) {
            messages.computeIfAbsent(kept.fingerprint(), none -> new ArrayList<>())
                    .add(form.apply(kept.message()));
        }
        Json.Builder all = Json.object();
        messages.forEach((fingerprint, list) -> all.put(fingerprint, Json.of(list)));
        return all.build();
    }
}
