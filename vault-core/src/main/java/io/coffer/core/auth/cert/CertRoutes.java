// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Listing;
import io.coffer.core.engine.Paging;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// `certs`: whose certificates let in.
final class CertRoutes {
    private static final Field[] FIELDS = TokenFields.with(Stream.concat(
                    Stream.of(
                            Field.text("certificate", "Authorities, or single certificates, in PEM."),
                            Field.text("display_name", "What its tokens are called; its name, if absent."),
                            Field.flag("ocsp_enabled", "Only false: hand revocation lists in at crls.")),
                    CertRole.LISTS.stream()
                            .map(list -> Field.texts(list, "What a certificate must say; * stands for any text.")))
            .toArray(Field[]::new));

    private CertRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.reads(
                                "certs",
                                Operation.LIST,
                                "List the roles.",
                                (call, reader) -> Listing.answer(call, reader, CertRole.folder(folder(call))))
                        .with(Paging.AFTER, Paging.LIMIT),
                Route.reads(
                        "certs/:name",
                        Operation.READ,
                        "Return a role.",
                        (call, reader) -> named(
                                call,
                                name -> Response.found(CertRole.find(reader, folder(call), name)
                                        .map(CertRole::describe)))),
                Route.writes("certs/:name", Operation.UPDATE, "Make or change a role.", CertRoutes::write)
                        .with(FIELDS)
                        .creates((call, reader) -> ItemName.lower(call)
                                .flatMap(name -> CertRole.find(reader, folder(call), name))
                                .isPresent()),
                Route.writes(
                        "certs/:name",
                        Operation.DELETE,
                        "Delete a role.",
                        (call, writer) -> delete(call, writer, CertRole.folder(folder(call)))));
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        return named(call, name -> {
            CertRole before = CertRole.find(writer, folder(call), name).orElseGet(() -> CertRole.fresh(name));
            return TokenFields.change(
                    before.rules(), call.request().values(), rules -> store(call, writer, before, rules));
        });
    }

    private static Response store(Call call, Writer<Plaintext> writer, CertRole before, TokenRules rules) {
        Values values = call.request().values();
        Map<String, List<String>> wanted = new TreeMap<>(before.wanted());
        CertRole.LISTS.forEach(list -> values.strings(list).ifPresent(given -> wanted.put(list, given)));
        CertRole role = new CertRole(
                before.name(),
                values.text("certificate").orElse(before.certificate()),
                values.text("display_name").filter(name -> !name.isEmpty()).orElse(before.displayName()),
                wanted,
                rules);
        String refusal = refusal(role, values);
        if (!refusal.isEmpty()) {
            return new Response.Invalid(refusal);
        }
        role.save(writer, folder(call));
        return Response.NO_CONTENT;
    }

    private static String refusal(CertRole role, Values values) {
        if (values.flag("ocsp_enabled").orElse(false)) {
            return "OCSP is not supported; hand revocation lists in at crls";
        }
        if (PublicKeys.certificates(role.certificate()).isEmpty()) {
            return "failed to parse certificate: it must be one or more certificates in PEM";
        }
        boolean extensions = role.list("required_extensions").stream()
                .map(each -> each.startsWith("hex:") ? each.substring("hex:".length()) : each)
                .allMatch(each -> each.indexOf(':') > 0 && Fit.isOid(each.substring(0, each.indexOf(':'))));
        return extensions ? "" : "'required_extensions' must be of the form OID:VALUE or hex:OID:VALUE";
    }

    static Response delete(Call call, Writer<Plaintext> writer, Folder of) {
        return named(call, name -> {
            writer.delete(of.key(name));
            return Response.NO_CONTENT;
        });
    }

    static Response named(Call call, Function<String, Response> work) {
        return ItemName.lower(call).map(work).orElse(ItemName.UNSUPPORTED);
    }

    private static Folder folder(Call call) {
        return call.mount().folder();
    }
}
