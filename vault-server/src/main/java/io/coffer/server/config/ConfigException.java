// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.Position;

/// The configuration cannot be used. The message is all that a person needs: where (`path:line: …`), what
/// is wrong and what to do. It repeats names of keys and files, never a value.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }

    static ConfigException at(String file, Position position, String problem) {
        return new ConfigException(file + ":" + position.line() + ": " + problem);
    }

    static ConfigException at(String place, String problem) {
        return new ConfigException(place + ": " + problem);
    }

    static ConfigException of(String file, HclException refusal) {
        return at(file, refusal.position(), refusal.problem());
    }
}
