// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The login method `approle`.
public final class ApproleEngine implements LoginEngine {
    private static final List<Route> ROUTES = Stream.of(
                    RoleRoutes.routes(), PropertyRoutes.routes(), SecretIdRoutes.routes(), List.of(Login.route()))
            .flatMap(List::stream)
            .toList();

    private final Folder folder;

    /// @param mount that it serves
    public ApproleEngine(MountConfig mount) {
        this.folder = mount.folder();
    }

    @Override
    public List<Route> routes() {
        return ROUTES;
    }

    @Override
    public Optional<Roles> roles() {
        return Optional.of((call, reader) ->
                Role.withRoleId(reader, folder, Login.roleId(call)).map(Role::name));
    }

    /// A role that was deleted and made again is another one.
    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        return Role.find(reader, folder, guest.fact(Login.ROLE))
                .filter(role -> role.uid().equals(guest.fact(Login.ROLE_UID)))
                .<Renewal>map(role -> new Renewal.Granted(role.rules().terms()))
                .orElseGet(() -> new Renewal.Refused("the role is not there any more, not renewing"));
    }
}
