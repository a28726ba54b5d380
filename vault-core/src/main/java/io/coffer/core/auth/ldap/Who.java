// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.engine.LoginEngine;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Somebody whom the directory knows.
///
/// @param found the groups that the directory says he is in, each in its one form
record Who(String user, List<String> found) {
    private static final String USER = "user";
    private static final String GROUPS = "groups";

    /// What a login leaves for a renewal.
    Map<String, String> facts() {
        return Map.of(USER, user, GROUPS, String.join("\n", found));
    }

    /// Whom a login has let in.
    static Who of(LoginEngine.Guest guest) {
        String groups = guest.fact(GROUPS);
        return new Who(guest.fact(USER), groups.isEmpty() ? List.of() : Arrays.asList(groups.split("\n", -1)));
    }

    /// All his groups: those of the directory and those that he is given here.
    List<String> groups(Reader<Plaintext> reader, Folder mount) {
        return Stream.concat(found.stream(), own(reader, mount).groups().stream())
                .distinct()
                .toList();
    }

    /// What he gets: for all, for himself, for each of his groups.
    List<String> policies(Reader<Plaintext> reader, Folder mount, LdapConfig config) {
        List<String> policies = new ArrayList<>(config.rules().policies());
        policies.addAll(own(reader, mount).policies());
        groups(reader, mount)
                .forEach(group -> policies.addAll(Mapping.find(reader, mount, Mapping.Kind.GROUP, config.name(group))
                        .orElse(Mapping.NOTHING)
                        .policies()));
        return List.copyOf(new TreeSet<>(policies));
    }

    private Mapping own(Reader<Plaintext> reader, Folder mount) {
        return Mapping.find(reader, mount, Mapping.Kind.USER, user).orElse(Mapping.NOTHING);
    }
}
