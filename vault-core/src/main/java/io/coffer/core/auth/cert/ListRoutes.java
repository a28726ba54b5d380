// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;

/// `crls`: which certificates do not let in any more.
final class ListRoutes {
    private final Outbound outbound;

    ListRoutes(Outbound outbound) {
        this.outbound = outbound;
    }

    List<Route> routes() {
        return List.of(
                Route.reads(
                                "crls",
                                Operation.LIST,
                                "List the revocation lists.",
                                (call, reader) -> Listing.answer(call, reader, RevocationList.folder(folder(call))))
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(
                        "crls/:name",
                        Operation.READ,
                        "Return what a list revokes.",
                        (call, reader) -> CertRoutes.named(
                                call,
                                name -> Response.found(RevocationList.find(reader, folder(call), name)
                                        .map(RevocationList::describe)))),
                Route.prepared("crls/:name", Operation.UPDATE, "Hand a revocation list in.", this::write)
                        .with(
                                Field.text("crl", "The list in PEM, or its DER in base64."),
                                Field.text("url", "Where it is fetched instead, now and again later.")),
                Route.writes(
                        "crls/:name",
                        Operation.DELETE,
                        "Delete a revocation list.",
                        (call, writer) -> CertRoutes.delete(call, writer, RevocationList.folder(folder(call)))));
    }

    private Handler.Preparation write(Call call, Reader<Plaintext> reader) {
        Optional<String> name = ItemName.lower(call);
        if (name.isEmpty()) {
            return Handler.Preparation.answered(ItemName.UNSUPPORTED);
        }
        Values values = call.request().values();
        String text = values.text("crl").orElse("");
        String url = values.text("url").orElse("");
        if (text.isEmpty() == url.isEmpty()) {
            return refused("exactly one of 'crl' and 'url' must be given");
        }
        if (url.isEmpty()) {
            return RevocationList.parse(text)
                    .<Handler.Preparation>map(list -> slow -> saved(list, name.get()))
                    .orElseGet(() -> refused("'crl' must hold a revocation list, in PEM or as DER in base64"));
        }
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            return refused("'url' begins with https:// or http://");
        }
        Fetching fetching = Fetching.of(outbound, reader, folder(call), call.now());
        return slow -> switch (fetching.fetch(url, slow)) {
            case Fetching.Fetched.Good(RevocationList list) -> saved(list, name.get());
            case Fetching.Fetched.Bad(String error) -> refused(error).run(slow);
        };
    }

    private static Handler.Preparation refused(String error) {
        return Handler.Preparation.answered(new Response.Invalid(error));
    }

    private static Handler.Write saved(RevocationList list, String name) {
        return (call, writer) -> {
            list.save(writer, folder(call), name);
            return Response.NO_CONTENT;
        };
    }

    private static Folder folder(Call call) {
        return call.mount().folder();
    }
}
