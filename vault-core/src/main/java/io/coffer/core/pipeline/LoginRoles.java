// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Caller;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.RequestPath;
import io.coffer.core.storage.ScopedStorage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/// Finds out which role a login asks for, before it is let in. That takes its body, so it is asked for only where a
/// limit is for a role; a body that cannot be read names none, and is refused in its turn.
public final class LoginRoles {
    private static final String LOGIN = "login";

    private final Admission.Mounted mounts;
    private final Parsing parsing;
    private final SecureRandom random;

    public LoginRoles(Admission.Mounted mounts, Parsing parsing, SecureRandom random) {
        this.mounts = mounts;
        this.parsing = parsing;
        this.random = random;
    }

    /// @param path as policies see it
    Optional<String> of(BarrierReader reader, Incoming incoming, RequestPath path, Instant now) {
        Mounts all = mounts.table().read(reader);
        return all.route(path.value())
                .map(Mounts.Served::engine)
                .flatMap(engine -> engine instanceof LoginEngine logins ? logins.roles() : Optional.empty())
                .flatMap(roles ->
                        Router.route(all, path.value(), incoming.operation()) instanceof Router.Match.Found found
                                        && found.route().pattern().text().equals(LOGIN)
                                ? of(reader, incoming, found, roles, now)
                                : Optional.empty());
    }

    private Optional<String> of(
            BarrierReader reader, Incoming incoming, Router.Match.Found found, LoginEngine.Roles roles, Instant now) {
        if (!(parsing.parse(incoming, found.route(), found.captures())
                instanceof Parsing.Outcome.Parsed(var request, var warnings))) {
            return Optional.empty();
        }
        try {
            Call call = new Call(request, Caller.NOBODY, found.mount().config(mounts.standard()), now, random);
            return roles.of(call, ScopedStorage.reader(reader, call.mount().folder()));
        } finally {
            Parsing.close(request.values());
        }
    }
}
