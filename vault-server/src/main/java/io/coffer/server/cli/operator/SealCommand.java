// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import java.util.List;

/// Seals the vault: it forgets its keys until enough shares are handed in again.
final class SealCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Seals the vault. It forgets its keys and answers nothing more until enough key shares are handed in.",
                List.of(),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        call.api().ask(ApiCall.put("sys/seal", Body.NONE), "sealing");
        call.output().success("Vault is sealed.");
        return 0;
    }
}
