// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.request.Json;
import io.coffer.server.cli.output.Scalars;
import java.util.List;

/// Shows whether the vault is sealed: exit code 0 unsealed, 2 sealed, 1 if that could not be learnt.
final class StatusCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Shows the state of the vault. The exit code is 0 if it is unsealed, 2 if it is sealed or not"
                        + " initialized, and 1 if that could not be learnt.",
                List.of(),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Json.Obj status;
        Json.Obj leader;
        try {
            status = call.api().ask(SealStatus.call(), "checking seal status").object();
            Reply answer = call.api().send(ApiCall.get("sys/leader").anonymous(), "checking leader status");
            leader = answer.refused() ? Json.EMPTY : answer.object();
        } catch (Failure any) {
            throw Failure.local(String.valueOf(any.getMessage()));
        }
        call.output().value(merged(status, leader), SealStatus.table(status, leader));
        return Scalars.truth(status.get("sealed")) ? 2 : 0;
    }

    private static Json.Obj merged(Json.Obj status, Json.Obj leader) {
        Json.Builder all = Json.object().putAll(status);
        boolean ha = Scalars.truth(leader.get("ha_enabled"));
        all.put("ha_enabled", ha);
        if (ha) {
            for (String name : List.of("is_self", "active_time", "leader_address", "leader_cluster_address")) {
                if (leader.has(name)) {
                    all.put(name, leader.get(name));
                }
            }
        }
        return all.build();
    }
}
