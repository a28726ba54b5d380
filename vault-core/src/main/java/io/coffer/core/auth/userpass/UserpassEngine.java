// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.userpass;

import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The login method `userpass`.
public final class UserpassEngine implements LoginEngine {
    private static final List<Route> ROUTES = Stream.concat(UserRoutes.routes().stream(), Stream.of(Login.route()))
            .toList();

    private final Folder folder;

    /// @param mount that it serves
    public UserpassEngine(MountConfig mount) {
        this.folder = mount.folder();
    }

    @Override
    public List<Route> routes() {
        return ROUTES;
    }

    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        Optional<User> user = User.find(reader, folder, guest.fact(Login.USER));
        return user.map(found -> found.rules().renewal(guest.policies()))
                .orElseGet(() -> new Renewal.Refused("the user is not there any more, not renewing"));
    }
}
