// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.ClientCertificate;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Handler;
import io.coffer.core.engine.ItemName;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `login`: whoever has shown a certificate in the handshake that a role trusts.
final class Login {
    /// What a login leaves for a renewal.
    static final String ROLE = "role";

    static final String CERTIFICATE = "certificate";

    /// The roles that are tried where a login names none.
    static final int MOST = 100;

    private static final Response NONE = new Response.Invalid("invalid certificate or no client certificate supplied");
    private static final Response NO_CHAIN =
            new Response.Invalid("no chain matching all constraints could be found for this login certificate");

    private Login() {}

    static Route route() {
        return Route.prepared("login", Operation.UPDATE, "Log in with the certificate of the connection.", Login::look)
                .with(Field.text("name", "The role; the first that fits, if absent."))
                .access(Access.ANYONE);
    }

    private static Handler.Preparation look(Call call, Reader<Plaintext> reader) {
        Optional<ClientCertificate> shown =
                ClientCertificate.of(call.request().incoming().origin().certificates());
        if (shown.isEmpty()) {
            return slow -> (again, writer) -> NONE;
        }
        List<CertRole> roles = roles(call, reader);
        Set<RevocationList.Revoked> revoked =
                RevocationList.all(reader, call.mount().folder());
        return slow -> {
            slow.left();
            Optional<Fit> fit = roles.stream()
                    .map(role -> new Fit(role, shown.get()))
                    .filter(each -> each.holds(revoked, call.now()))
                    .findFirst();
            return (again, writer) ->
                    fit.map(found -> answer(again, writer, found, revoked)).orElse(NO_CHAIN);
        };
    }

    private static List<CertRole> roles(Call call, Reader<Plaintext> reader) {
        Folder mount = call.mount().folder();
        String name = call.request().values().text("name").orElse("").toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
            return ItemName.refusal(name).isPresent()
                    ? List.of()
                    : CertRole.find(reader, mount, name).stream().toList();
        }
        Page<StorageKey> page = reader.scan(CertRole.folder(mount), "", MOST);
        List<CertRole> roles = new ArrayList<>();
        page.items().forEach(key -> CertRole.find(
                        reader, mount, CertRole.folder(mount).relative(key))
                .ifPresent(roles::add));
        return roles;
    }

    private static Response answer(Call call, Writer<Plaintext> writer, Fit fit, Set<RevocationList.Revoked> revoked) {
        Folder mount = call.mount().folder();
        CertRole role = fit.role();
        boolean same =
                CertRole.find(writer, mount, role.name()).filter(role::equals).isPresent()
                        && RevocationList.all(writer, mount).equals(revoked);
        if (!same) {
            return new Response.Busy("the role or a revocation list was changed meanwhile; log in again");
        }
        if (!role.rules().terms().admits(call.request().incoming().origin().address())) {
            return Response.Denied.PERMISSION;
        }
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
