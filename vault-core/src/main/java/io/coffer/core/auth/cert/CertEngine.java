// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.ClientCertificate;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Outbound;
import io.coffer.core.engine.Route;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The login method `cert`.
public final class CertEngine implements LoginEngine {
    private final List<Route> routes;
    private final Folder folder;

    /// @param mount that it serves
    /// @param outbound fetches revocation lists
    public CertEngine(MountConfig mount, Outbound outbound) {
        this.folder = mount.folder();
        this.routes = Stream.of(
                        CertRoutes.routes(),
                        new ListRoutes(outbound).routes(),
                        CertConfig.routes(),
                        List.of(new Login(outbound).route()))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Optional<Roles> roles() {
        return Optional.of((call, reader) -> Optional.of(Login.role(call)));
    }

    /// Only whoever shows the certificate of the login stays, unless the configuration says otherwise, and only while
    /// the role would let him in.
    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        Optional<CertRole> role = CertRole.find(reader, folder, guest.fact(Login.ROLE));
        if (role.isEmpty()) {
            return new Renewal.Refused("the role is not there any more, not renewing");
        }
        if (CertConfig.of(reader, folder).unbound()) {
            return role.get().rules().renewal(guest.policies());
        }
        Optional<ClientCertificate> shown = ClientCertificate.of(guest.origin().certificates())
                .filter(client -> client.fingerprint().equals(guest.fact(Login.CERTIFICATE)));
        if (shown.isEmpty()) {
            return new Renewal.Refused("client identity during renewal not matching client identity used during login");
        }
        return new Fit(role.get(), shown.get())
                        .holds(
                                RevocationList.revoked(
                                        RevocationList.all(reader, folder).values()),
                                guest.now())
                ? role.get().rules().renewal(guest.policies())
                : new Renewal.Refused("the role lets this certificate in no more, not renewing");
    }
}
