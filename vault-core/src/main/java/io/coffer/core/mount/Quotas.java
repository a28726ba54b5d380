// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.CorruptedException;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All quotas and what holds for every one of them: one record of form 1, kept in memory until it changes.
public record Quotas(Settings settings, List<Quota> all) {
    /// The most quotas.
    public static final int MOST = 1_000;

    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "quotas");
    private static final int FORM = 1;
    private static final Quotas NONE = new Quotas(Settings.STANDARD, List.of());

    /// @param exempt paths that no quota is for; one that ends in `*` or `/` stands for all that begin so
    /// @param audited whether an audit entry tells of refused requests
    /// @param headers whether answers tell a client how much it has left
    public record Settings(List<String> exempt, boolean audited, boolean headers) {
        /// What must answer also if a client asks for it all the time.
        public static final Settings STANDARD = new Settings(
                List.of(
                        "sys/generate-recovery-token/attempt",
                        "sys/generate-recovery-token/update",
                        "sys/generate-root/attempt",
                        "sys/generate-root/update",
                        "sys/health",
                        "sys/seal-status",
                        "sys/unseal"),
                false,
                false);

        public Settings {
            exempt = List.copyOf(exempt);
        }

        boolean exempts(String path) {
            return exempt.stream()
                    .anyMatch(each -> each.endsWith("*")
                            ? path.startsWith(each.substring(0, each.length() - 1))
                            : path.equals(each) || each.endsWith("/") && path.startsWith(each));
        }
    }

    public Quotas {
        all = List.copyOf(all);
    }

    public static Quotas read(BarrierReader reader) {
        return reader.cached(
                KEY, () -> reader.get(KEY).map(value -> read(KEY, value)).orElse(NONE));
    }

    public Optional<Quota> named(String name) {
        return all.stream().filter(quota -> quota.name().equals(name)).findFirst();
    }

    /// Whether a quota is for a role of a mount, so that somebody must look which role a request asks for.
    public boolean areForRoles(Mount mount) {
        return all.stream()
                .anyMatch(quota -> !quota.role().isEmpty() && quota.mount().equals(mount.uuid()));
    }

    /// The one quota that a request counts against: that for its role, then that for its path alone before those for
    /// its beginning, the longest first, then that for its mount, then that for the whole vault.
    ///
    /// @param mount where the path leads; empty if nowhere
    /// @param role that a login asks for, if anybody looked
    public Optional<Quota> of(String path, Optional<Mount> mount, Optional<String> role) {
        if (all.isEmpty() || settings.exempts(path)) {
            return Optional.empty();
        }
        String uuid = mount.map(Mount::uuid).orElse("");
        String below = mount.map(found ->
                        path.substring(Math.min(path.length(), found.path().length())))
                .orElse(path);
        return all.stream()
                .filter(quota -> quota.mount().isEmpty() || quota.mount().equals(uuid) && quota.covers(below))
                .filter(quota -> quota.role().isEmpty()
                        || role.filter(quota.role()::equalsIgnoreCase).isPresent())
                .max(Comparator.comparing((Quota quota) -> !quota.role().isEmpty())
                        .thenComparing(quota -> !quota.mount().isEmpty())
                        .thenComparing(quota -> !quota.rest().isEmpty() && !quota.isGlob())
                        .thenComparing(quota -> quota.rest().length()));
    }

    /// Puts a quota in the place of the one of its name.
    public static void put(BarrierWriter writer, Quota quota) {
        Quotas without = read(writer).without(quota.name());
        List<Quota> all = new ArrayList<>(without.all);
        all.add(quota);
        new Quotas(without.settings, all).store(writer);
    }

    public static void put(BarrierWriter writer, Settings settings) {
        new Quotas(settings, read(writer).all).store(writer);
    }

    public static void remove(BarrierWriter writer, String name) {
        Quotas before = read(writer);
        if (before.named(name).isPresent()) {
            before.without(name).store(writer);
        }
    }

    /// Forgets the quotas of a mount that goes.
    static void forget(BarrierWriter writer, Mount mount) {
        Quotas before = read(writer);
        List<Quota> left = before.all.stream()
                .filter(quota -> !quota.mount().equals(mount.uuid()))
                .toList();
        if (left.size() < before.all.size()) {
            new Quotas(before.settings, left).store(writer);
        }
    }

    private Quotas without(String name) {
        return new Quotas(
                settings,
                all.stream().filter(quota -> !quota.name().equals(name)).toList());
    }

    private void store(BarrierWriter writer) {
        writer.put(KEY, write());
    }

    Plaintext write() {
        List<Json> quotas = new ArrayList<>();
        all.forEach(quota -> quotas.add(Json.ofTexts(quota.texts())));
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("exempt", Json.of(settings.exempt()))
                .put("audited", settings.audited())
                .put("headers", settings.headers())
                .put("quotas", new Json.Arr(quotas))
                .build()));
    }

    static Quotas read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        try {
            Quotas quotas = new Quotas(
                    new Settings(stored.texts("exempt"), stored.flag("audited"), stored.flag("headers")),
                    stored.textMaps("quotas").stream().map(Quota::of).toList());
            stored.end();
            return quotas;
        } catch (IllegalArgumentException impossible) {
            throw new CorruptedException("record " + key + " holds no quotas: " + impossible.getMessage(), impossible);
        }
    }
}
