// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.engine.LoginSettings.Lockout;
import io.coffer.core.hcl.Position;
import io.coffer.core.hcl.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads each `user_lockout "TYPE"`: what locks somebody out of a login method whose mount says nothing itself. What
/// stands under a type counts before what stands under `all`.
record LockoutReader(Environment environment) {
    private static final String ALL = "all";
    private static final List<String> TYPES = List.of("userpass", "approle", "ldap");

    Map<String, Lockout> read(Section top) {
        Map<String, Section> stanzas = new LinkedHashMap<>();
        for (Section.Stanza stanza : top.stanzas(1, "user_lockout")) {
            String type = stanza.label(0);
            if (!type.equals(ALL) && !TYPES.contains(type)) {
                throw stanza.error("user_lockout: expected \"all\", \"userpass\", \"approle\" or \"ldap\"");
            }
            if (stanzas.put(type, stanza.with(KnownKeys.LOCKOUT)) != null) {
                throw stanza.error("user_lockout: stands twice for one type; leave one of them out");
            }
        }
        Map<String, Lockout> lockouts = new LinkedHashMap<>();
        boolean disabled = isDisabled();
        for (String type : TYPES) {
            Lockout lockout = Lockout.STANDARD;
            for (String name : List.of(ALL, type)) {
                Section section = stanzas.get(name);
                lockout = section == null ? lockout : changed(lockout, section);
            }
            if (disabled) {
                lockout = new Lockout(lockout.threshold(), lockout.duration(), lockout.reset(), true);
            }
            if (!lockout.equals(Lockout.STANDARD)) {
                lockouts.put(type, lockout);
            }
        }
        return lockouts;
    }

    private static Lockout changed(Lockout before, Section section) {
        long threshold = section.whole("lockout_threshold").orElse(before.threshold());
        if (threshold < 1) {
            throw section.error("lockout_threshold", "must be at least 1");
        }
        return new Lockout(
                threshold,
                length(section, "lockout_duration").orElse(before.duration()),
                length(section, "lockout_counter_reset").orElse(before.reset()),
                section.flag("disable_lockout").orElse(before.disabled()));
    }

    private static Optional<Duration> length(Section section, String key) {
        Optional<Duration> length = section.duration(key);
        if (length.filter(given -> !given.isPositive()).isPresent()) {
            throw section.error(key, "must be longer than zero");
        }
        return length;
    }

    private boolean isDisabled() {
        return environment
                .find("DISABLE_USER_LOCKOUT")
                .map(set -> Scalars.flag(new Value.Text(set.value(), new Position(1, 1)))
                        .orElseThrow(() -> ConfigException.at(set.place(), "expected true or false")))
                .orElse(false);
    }
}
