// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.ClientCertificate;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `login`: whoever has shown a certificate in the handshake that a role trusts.
final class Login {
    /// What a login leaves for a renewal.
    static final String ROLE = "role";

    static final String CERTIFICATE = "certificate";

    private static final Response NONE = new Response.Invalid("invalid certificate or no client certificate supplied");
    private static final Response NO_CHAIN =
            new Response.Invalid("no chain matching all constraints could be found for this login certificate");

    private final Outbound outbound;

    Login(Outbound outbound) {
        this.outbound = outbound;
    }

    Route route() {
        return Route.prepared("login", Operation.UPDATE, "Log in with the certificate of the connection.", this::look)
                .with(Field.text("name", "The role; the first that fits, if absent."))
                .access(Access.ANYONE);
    }

    private Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        Optional<ClientCertificate> shown =
                ClientCertificate.of(call.request().incoming().origin().certificates());
        if (shown.isEmpty()) {
            return Handler.Preparation.answered(NONE);
        }
        Folder mount = call.mount().folder();
        List<CertRole> roles = roles(call, reader);
        Map<String, RevocationList> lists = RevocationList.all(reader, mount);
        Fetching fetching = Fetching.of(outbound, reader, mount, call.now());
        return slow -> {
            slow.left();
            Map<String, RevocationList> refreshed = fetching.refreshed(lists, slow);
            Optional<Fit> fit = roles.stream()
                    .map(role -> new Fit(role, shown.get()))
                    .filter(each -> each.holds(RevocationList.revoked(refreshed.values()), call.now()))
                    .findFirst();
            return (again, writer) -> answer(again, writer, fit, new Lists(lists, refreshed));
        };
    }

    /// The revocation lists as they were seen, and as they were fetched since.
    private record Lists(Map<String, RevocationList> seen, Map<String, RevocationList> refreshed) {
        boolean areCurrent(Reader<Plaintext> reader, Folder mount) {
            return RevocationList.all(reader, mount).equals(seen);
        }

        void keep(Writer<Plaintext> writer, Folder mount) {
            refreshed.forEach((name, list) -> {
                if (!list.equals(seen.get(name))) {
                    list.save(writer, mount, name);
                }
            });
        }
    }

    /// The role that a login asks for, in its one form; empty if it names none.
    static String role(Call call) {
        return call.request().values().text("name").orElse("").toLowerCase(Locale.ROOT);
    }

    private static List<CertRole> roles(Call call, Reader<Plaintext> reader) {
        Folder mount = call.mount().folder();
        String name = role(call);
        if (name.isEmpty()) {
            return CertRole.all(reader, mount);
        }
        return ItemName.of(name).flatMap(known -> CertRole.find(reader, mount, known)).stream()
                .toList();
    }

    private static Response answer(Call call, Writer<Plaintext> writer, Optional<Fit> fit, Lists lists) {
        Folder mount = call.mount().folder();
        boolean same = lists.areCurrent(writer, mount)
                && fit.stream().map(Fit::role).allMatch(role -> CertRole.find(writer, mount, role.name())
                        .filter(role::equals)
                        .isPresent());
        if (!same) {
            return new Response.Busy("the role or a revocation list was changed meanwhile; log in again");
        }
        lists.keep(writer, mount);
        return fit.map(Login::granted).orElse(NO_CHAIN);
    }

    private static Response granted(Fit fit) {
        CertRole role = fit.role();
        return new Response.Granted(
                new Grant.Login(
                        role.rules().terms(),
                        role.rules().policies(),
                        role.displayName(),
                        fit.client().commonName(),
                        fit.metadata(),
                        Optional.empty(),
                        Map.of(ROLE, role.name(), CERTIFICATE, fit.client().fingerprint())),
                List.of());
    }
}
