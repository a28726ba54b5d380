// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.mount;

import static io.coffer.server.cli.output.Scalars.cell;
import static io.coffer.server.cli.output.Scalars.number;
import static io.coffer.server.cli.output.Scalars.string;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import io.coffer.server.cli.output.Table;
import java.util.List;

/// Lists what is mounted.
record ListCommand(MountKind kind) implements Command {
    private static final Flag DETAILED = Flag.on("detailed", "Show the settings of each.");

    private static final String[] COLUMNS = {
        "Path",
        "Plugin",
        "Accessor",
        "Default TTL",
        "Max TTL",
        "Force No Cache",
        "Replication",
        "Seal Wrap",
        "External Entropy Access",
        "Options",
        "Description",
        "UUID",
        "Version",
        "Running Version",
        "Running SHA256",
        "Deprecation Status",
    };

    @Override
    public Shape shape() {
        return new Shape("", "Lists the " + kind.noun() + "s with their paths.", List.of(DETAILED), 0, 0);
    }

    @Override
    public int run(Invocation call) {
        Reply reply = call.api().ask(ApiCall.get(kind.path()), "listing " + kind.noun() + "s");
        Json.Obj mounts = reply.data();
        boolean detailed = call.arguments().on(DETAILED) || call.detailedByEnvironment();
        call.output().value(mounts, detailed ? detailed(mounts) : brief(mounts));
        return 0;
    }

    private static String brief(Json.Obj mounts) {
        Table table = new Table().head("Path", "Type", "Accessor", "Description");
        for (String path : Scalars.names(mounts)) {
            Json.Obj mount = Scalars.object(mounts.get(path));
            table.row(path, string(mount.get("type")), string(mount.get("accessor")), string(mount.get("description")));
        }
        return table.toString();
    }

    private static String detailed(Json.Obj mounts) {
        Table table = new Table().head(COLUMNS);
        for (String path : Scalars.names(mounts)) {
            Json.Obj mount = Scalars.object(mounts.get(path));
            row(table, path, mount);
        }
        return table.toString();
    }

    private static void row(Table table, String path, Json.Obj mount) {
        Json.Obj config = Scalars.object(mount.get("config"));
        table.row(
                path,
                string(mount.get("type")),
                string(mount.get("accessor")),
                ttl(config.get("default_lease_ttl")),
                ttl(config.get("max_lease_ttl")),
                cell(config.get("force_no_cache")),
                Scalars.truth(mount.get("local")) ? "local" : "replicated",
                cell(mount.get("seal_wrap")),
                cell(mount.get("external_entropy_access")),
                mount.get("options") instanceof Json.Obj options ? cell(options) : "map[]",
                string(mount.get("description")),
                string(mount.get("uuid")),
                string(mount.get("plugin_version")),
                string(mount.get("running_plugin_version")),
                string(mount.get("running_sha256")),
                string(mount.get("deprecation_status")));
    }

    private static String ttl(Json seconds) {
        return number(seconds) == 0 ? "system" : Scalars.duration(number(seconds));
    }
}
