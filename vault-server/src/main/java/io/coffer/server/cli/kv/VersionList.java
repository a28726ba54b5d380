// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.kv;

import io.coffer.core.request.Json;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import java.util.ArrayList;
import java.util.List;

/// `-versions=1,3`, which may also be given more than once.
final class VersionList {
    static final Flag FLAG = Flag.list("versions", "N,...", "Which versions.");

    private VersionList() {}

    /// Empty if the flag is not given.
    static List<Json> of(Arguments arguments) {
        List<Json> versions = new ArrayList<>();
        for (String list : arguments.list(FLAG)) {
            for (String word : list.split(",", -1)) {
                String number = word.strip();
                if (number.isEmpty() || number.length() > 18 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    throw Failure.local("-versions is a list of whole numbers: -versions=1,3");
                }
                versions.add(new Json.Str(number));
            }
        }
        return versions;
    }

    static Json.Obj body(List<Json> versions) {
        return Json.object().put("versions", new Json.Arr(versions)).build();
    }
}
