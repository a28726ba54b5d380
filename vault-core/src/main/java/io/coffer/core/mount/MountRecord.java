// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.CorruptedException;
import io.coffer.core.engine.LoginSettings;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A mount as it is stored: form 1.
final class MountRecord {
    private static final int FORM = 1;

    private MountRecord() {}

    static Plaintext write(Mount mount) {
        MountSettings settings = mount.settings();
        Json.Builder lists = Json.object();
        new TreeMap<>(settings.lists()).forEach((name, values) -> lists.put(name, Json.of(values)));
        Json.Builder record = Json.object()
                .put("v", FORM)
                .put("uuid", mount.uuid())
                .put("path", mount.path())
                .put("type", mount.type())
                .put("accessor", mount.accessor())
                .put("options", Json.ofTexts(mount.options()))
                .put("local", mount.local())
                .put("seal_wrap", mount.sealWrap())
                .put("description", settings.description())
                .put("default_ttl", settings.defaultTtl().toSeconds())
                .put("max_ttl", settings.maxTtl().toSeconds())
                .put("force_no_cache", settings.forceNoCache())
                .put("listing_visibility", settings.listingVisibility())
                .put("lists", lists.build());
        write(settings.login(), record);
        return new Plaintext(JsonText.write(record.build()));
    }

    /// Only what somebody has set.
    private static void write(LoginSettings login, Json.Builder record) {
        if (!login.tokenType().equals(LoginSettings.STANDARD.tokenType())) {
            record.put("token_type", login.tokenType());
        }
        LoginSettings.Lockout lockout = login.lockout();
        if (!lockout.equals(LoginSettings.Lockout.STANDARD)) {
            record.put("lockout_threshold", lockout.threshold())
                    .put("lockout_duration", lockout.duration().toSeconds())
                    .put("lockout_reset", lockout.reset().toSeconds())
                    .put("lockout_disabled", lockout.disabled());
        }
    }

    private static LoginSettings login(StoredRecord stored) {
        OptionalLong threshold = stored.optionalNumber("lockout_threshold");
        LoginSettings.Lockout lockout = threshold.isEmpty()
                ? LoginSettings.Lockout.STANDARD
                : new LoginSettings.Lockout(
                        threshold.getAsLong(),
                        Duration.ofSeconds(stored.number("lockout_duration")),
                        Duration.ofSeconds(stored.number("lockout_reset")),
                        stored.flag("lockout_disabled"));
        return new LoginSettings(stored.optionalText("token_type").orElse(LoginSettings.STANDARD.tokenType()), lockout);
    }

    /// @throws CorruptedException naming the record if it has another form
    static Mount read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        try {
            Mount mount = mount(stored);
            stored.end();
            return mount;
        } catch (IllegalArgumentException impossible) {
            throw new CorruptedException("record " + key + " is no mount: " + impossible.getMessage(), impossible);
        }
    }

    private static Mount mount(StoredRecord stored) {
        MountSettings settings = new MountSettings(
                stored.text("description"),
                Duration.ofSeconds(stored.number("default_ttl")),
                Duration.ofSeconds(stored.number("max_ttl")),
                stored.flag("force_no_cache"),
                stored.text("listing_visibility"),
                lists(stored.object("lists")),
                login(stored));
        return new Mount(
                stored.text("uuid"),
                stored.text("path"),
                stored.text("type"),
                stored.text("accessor"),
                stored.textMap("options"),
                stored.flag("local"),
                stored.flag("seal_wrap"),
                settings);
    }

    private static Map<String, List<String>> lists(Json.Obj object) {
        Map<String, List<String>> map = new TreeMap<>();
        object.members().forEach((name, value) -> map.put(name, texts(value)));
        return map;
    }

    private static List<String> texts(Json value) {
        List<String> texts = new ArrayList<>();
        boolean good = value instanceof Json.Arr;
        for (Json item : value instanceof Json.Arr list ? list.items() : List.<Json>of()) {
            good &= item instanceof Json.Str;
            texts.add(item instanceof Json.Str text ? text.value() : "");
        }
        if (!good) {
            throw new IllegalArgumentException("a setting that is a list of names has another form");
        }
        return texts;
    }
}
