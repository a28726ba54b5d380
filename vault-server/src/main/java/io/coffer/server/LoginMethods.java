// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Time;
import io.coffer.core.auth.approle.ApproleEngine;
import io.coffer.core.auth.approle.SecretIdJob;
import io.coffer.core.auth.cert.CertEngine;
import io.coffer.core.auth.jwt.JwtEngine;
import io.coffer.core.auth.ldap.LdapEngine;
import io.coffer.core.auth.userpass.UserpassEngine;
import io.coffer.core.barrier.Job;
import io.coffer.core.engine.Directory;
import io.coffer.core.engine.Engine;
import io.coffer.core.engine.Outbound;
import io.coffer.core.mount.MountTable;
import io.coffer.core.storage.Folder;
import io.coffer.server.outbound.HttpOutbound;
import io.coffer.server.outbound.LdapDirectory;
import java.util.List;
import java.util.Map;

/// The login methods that there are, and what they have done in the background.
final class LoginMethods {
    private LoginMethods() {}

    /// By the names of their kinds.
    static Map<String, Engine.Kind> kinds() {
        Outbound outbound = new HttpOutbound();
        Engine.Kind jwt = mount -> new JwtEngine(mount, outbound);
        Directory directory = new LdapDirectory();
        return Map.of(
                "auth/approle",
                ApproleEngine::new,
                "auth/cert",
                mount -> new CertEngine(mount, outbound),
                "auth/jwt",
                jwt,
                "auth/ldap",
                mount -> new LdapEngine(mount, directory),
                "auth/oidc",
                jwt,
                "auth/userpass",
                UserpassEngine::new);
    }

    static List<Job> jobs(MountTable mounts, Time time) {
        return List.of(new SecretIdJob(
                reader -> mounts.read(reader).all().stream()
                        .filter(mount -> mount.kind().equals("auth/approle"))
                        .map(mount -> Folder.of(mount.scope()))
                        .toList(),
                time));
    }
}
