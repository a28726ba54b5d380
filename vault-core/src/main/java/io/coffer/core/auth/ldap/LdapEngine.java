// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.engine.Directory;
import io.coffer.core.engine.LoginEngine;
import io.coffer.core.engine.MountConfig;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The login method `ldap`.
public final class LdapEngine implements LoginEngine {
    private final List<Route> routes;
    private final Folder folder;

    /// @param mount that it serves
    public LdapEngine(MountConfig mount, Directory directory) {
        this.folder = mount.folder();
        this.routes = Stream.concat(LdapRoutes.routes().stream(), Stream.of(new Login(directory).route()))
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    /// By what his groups get here now. Limit: the directory is not asked again, so that he has left a group, or it
    /// altogether, is noticed at his next login; no password is kept to ask with.
    @Override
    public Renewal renewal(Reader<Plaintext> reader, Guest guest) {
        Optional<LdapConfig> config = LdapConfig.find(reader, folder);
        if (config.isEmpty()) {
            return new Renewal.Refused("the login method is not configured any more, not renewing");
        }
        TokenRules rules = config.get().rules();
        List<String> policies = Who.of(guest).policies(reader, folder, config.get());
        return new TokenRules(policies, rules.terms(), rules.legacy()).renewal(guest.policies());
    }
}
