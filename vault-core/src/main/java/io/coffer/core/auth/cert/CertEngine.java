// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.crypto.ClientCertificate;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The login method `cert`.
public final class CertEngine implements LoginEngine {
    private static final List<Route> ROUTES = Stream.concat(CertRoutes.routes().stream(), Stream.of(Login.route()))
            .toList();

    private final Folder folder;

    /// @param mount that it serves
    public CertEngine(MountConfig mount) {
        this.folder = mount.folder();
    }

    @Override
    public List<Route> routes() {
        return ROUTES;
    }

    /// Only whoever shows the certificate of the login stays, and only while the role would let him in.
    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        Optional<CertRole> role = CertRole.find(reader, folder, guest.fact(Login.ROLE));
        if (role.isEmpty()) {
            return new Renewal.Refused("the role is not there any more, not renewing");
        }
        Optional<ClientCertificate> shown = ClientCertificate.of(guest.origin().certificates())
                .filter(client -> client.fingerprint().equals(guest.fact(Login.CERTIFICATE)));
        if (shown.isEmpty()) {
            return new Renewal.Refused("client identity during renewal not matching client identity used during login");
        }
        return new Fit(role.get(), shown.get()).holds(RevocationList.all(reader, folder), guest.now())
                ? role.get().rules().renewal(guest.policies())
                : new Renewal.Refused("the role lets this certificate in no more, not renewing");
    }
}
