// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import java.util.Optional;

/// `-scope`. One that is empty, as of a variable that is not set, is refused: without the flag a command concerns the
/// whole vault.
final class ScopeFlag {
    private final Flag flag;

    ScopeFlag(String what) {
        flag = Flag.text("scope", "NAME", what);
    }

    Flag flag() {
        return flag;
    }

    Optional<String> of(Arguments arguments) {
        Optional<String> scope = arguments.text(flag);
        if (scope.filter(String::isEmpty).isPresent()) {
            throw Failure.local("-scope is empty; leave it out to name the whole vault");
        }
        return scope;
    }
}
