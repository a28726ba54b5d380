// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

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

/// The login methods `jwt` and `oidc`.
public final class JwtEngine implements LoginEngine {
    private final List<Route> routes;
    private final Folder folder;

    /// @param mount that it serves
    public JwtEngine(MountConfig mount, Outbound outbound) {
        this.folder = mount.folder();
        this.routes = Stream.of(
                        new ConfigRoutes(outbound).routes(),
                        RoleRoutes.routes(),
                        List.of(new Login(outbound).route()),
                        new OidcRoutes(outbound).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Optional<Roles> roles() {
        return Optional.of((call, reader) -> JwtConfig.find(reader, folder).map(config -> Login.role(call, config)));
    }

    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        return JwtRole.find(reader, folder, guest.fact(Examination.ROLE))
                .<Renewal>map(role -> new Renewal.Granted(role.rules().terms()))
                .orElseGet(() -> new Renewal.Refused("the role is not there any more, not renewing"));
    }
}
