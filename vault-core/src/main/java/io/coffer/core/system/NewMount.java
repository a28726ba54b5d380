// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A secrets engine or login method as a request wants it.
///
/// @param path of the mount, as it would be stored
/// @param named the type as the request names it; empty if it names none
/// @param type the same in its one form
record NewMount(String path, String named, String type, Map<String, String> options) {
    static final Field[] FIELDS = {
        Field.text("type", "The kind of engine, as kv."),
        Field.text("description", "For people."),
        Field.object("config", "Settings, as in tuning."),
        Field.textMap("options", "Options of the engine, as version."),
        Field.flag("local", "Read back only."),
        Field.flag("seal_wrap", "Read back only: every value is encrypted here anyway."),
        Field.flag("external_entropy_access", "Not used."),
        Field.text("plugin_name", "Another name of type."),
        Field.text(MountRequest.PLUGIN_VERSION, "Only the version that is built in."),
    };

    static NewMount of(Call call, String path) {
        Values values = call.request().values();
        Map<String, String> options = new TreeMap<>();
        values.textMap("options").ifPresent(options::putAll);
        String named = values.text("type")
                .filter(type -> !type.isEmpty())
                .or(() -> values.text("plugin_name"))
                .orElse("");
        String type = path.startsWith(Mount.AUTH) ? named : kind(named, options);
        return new NewMount(path, named, type, options);
    }

    String kind() {
        return path.startsWith(Mount.AUTH) ? Mount.AUTH + type : type;
    }

    /// Why nothing of this kind can be mounted anywhere; empty if it can.
    String refusal(MountTable mounts, BarrierReader reader) {
        if (!mounts.hasKind(kind())) {
            return "plugin not found in the catalog: " + type;
        }
        Optional<String> unfit = mounts.refusal(kind(), Optional.empty(), options);
        if (unfit.isPresent()) {
            return unfit.get();
        }
        return mounts.read(reader).all().size() >= MountTable.LIMIT
                ? "there are " + MountTable.LIMIT + " mounts already; disable one first"
                : "";
    }

    /// Makes the mount, under names of its own, and has it added; or says what is wrong with it.
    Response make(Call call, MountDefaults standard, Consumer<Mount> add) {
        Values values = call.request().values();
        if (!MountRequest.isBuiltIn(values)) {
            return new Response.Invalid(MountRequest.OTHER_VERSION);
        }
        MountSettings plain = MountSettings.plain(values.text("description").orElse(""));
        Json.Obj config = values.object("config").orElse(Json.EMPTY);
        return switch (MountRequest.fromConfig(plain, config, kind(), standard)) {
            case MountRequest.Outcome.Bad(String error) -> new Response.Invalid(error);
            case MountRequest.Outcome.Good(MountSettings settings) -> {
                add.accept(new Mount(
                        RandomIds.uuid(call.random()),
                        path,
                        type,
                        MountTable.accessor(type, call.random()),
                        options,
                        values.flag("local").orElse(false),
                        values.flag("seal_wrap").orElse(false),
                        settings));
                yield Response.NO_CONTENT;
            }
        };
    }

    /// Old and short names of kinds; the version that a short name says goes into the options.
    private static String kind(String type, Map<String, String> options) {
        return switch (type) {
            case "kv-v1", "generic" -> {
                options.putIfAbsent("version", "1");
                yield "kv";
            }
            case "kv-v2" -> {
                options.putIfAbsent("version", "2");
                yield "kv";
            }
            default -> type;
        };
    }
}
