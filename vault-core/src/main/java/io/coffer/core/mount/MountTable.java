// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.CorruptedException;
import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Engine;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.term.Destructions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The mounts of a vault: one record each in scope `system`, read through the transaction and kept until one of them
/// changes.
///
/// Every change rewrites the guard record, so one question tells whether what is kept is still true. Then each mount
/// is asked for apart, and all but one are still as they were.
public final class MountTable {
    /// The most mounts, login methods included.
    public static final int LIMIT = 20_000;

    private static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("mounts");
    private static final StorageKey GUARD = new StorageKey(Scope.SYSTEM, "mount-table");
    /// The former paths of each mount that has moved: some of its leases may have one of them in their ids.
    private static final Folder MOVED = Folder.of(Scope.SYSTEM).folder("moved-mounts");

    /// The records of mounts that are disabled and have leases to be taken back.
    private static final Folder LEAVING = Folder.of(Scope.SYSTEM).folder("leaving-mounts");

    /// Without one of these no vault serves anything.
    private static final List<String> BUILT_IN = List.of("sys/", "auth/token/", "identity/", "cubbyhole/");

    private static final int FORM = 1;
    private static final int PAGE = 500;

    private final Kinds kinds;

    /// What stands behind the name of each kind, as {@link Mount#kind} has it.
    public interface Kinds {
        Optional<Engine.Kind> named(String kind);
    }

    public MountTable(Kinds kinds) {
        this.kinds = kinds;
    }

    /// Makes the mounts that every vault has.
    public void create(BarrierWriter writer, SecureRandom random, Instant now) {
        add(
                writer,
                builtIn("cubbyhole/", "cubbyhole", "per-token private secret storage", true, Map.of(), random),
                now);
        add(
                writer,
                builtIn(
                        "identity/",
                        "identity",
                        "identity store",
                        false,
                        Map.of("passthrough_request_headers", List.of("Authorization")),
                        random),
                now);
        add(
                writer,
                builtIn(
                        "sys/",
                        "system",
                        "system endpoints used for control, policy and debugging",
                        false,
                        Map.of("passthrough_request_headers", List.of("Accept")),
                        random),
                now);
        add(writer, builtIn("auth/token/", "token", "token based credentials", false, Map.of(), random), now);
    }

    public Mounts read(BarrierReader reader) {
        return reader.cached(GUARD, () -> load(reader));
    }

    /// Whether there is an engine of this name that can be mounted.
    public boolean hasKind(String kind) {
        return kinds.named(kind).isPresent();
    }

    /// Why a mount of this kind may not have these options; empty if it may.
    ///
    /// @param before the options that it has; empty if it is to be made
    public Optional<String> refusal(String kind, Optional<Map<String, String>> before, Map<String, String> after) {
        return kinds.named(kind).flatMap(known -> known.refusal(before, after));
    }

    /// Gives a new mount its record and its keyring.
    public void add(BarrierWriter writer, Mount mount, Instant now) {
        writer.createKeyring(mount.scope(), now);
        replace(writer, mount);
    }

    /// Writes a mount that is there with other settings.
    public void replace(BarrierWriter writer, Mount mount) {
        writer.put(record(mount), MountRecord.write(mount));
        touch(writer);
    }

    /// Lets a mount stand at another path, with its keyring and all that it stored.
    public Mount move(BarrierWriter writer, Mount mount, String path) {
        Mount moved = mount.at(path);
        Set<String> former = new LinkedHashSet<>(former(writer, MOVED.key(mount.uuid())));
        former.add(mount.path());
        writer.put(MOVED.key(mount.uuid()), paths(former));
        replace(writer, moved);
        return moved;
    }

    /// Whether a mount has ever moved.
    public boolean hasMoved(BarrierReader reader, Mount mount) {
        return reader.get(MOVED.key(mount.uuid())).isPresent();
    }

    /// Where a mount made things at a former path that it would make below a certain path now.
    ///
    /// @param folder empty for all that it made
    public record Former(Mount mount, String folder) {}

    /// What mounts that have moved made, where they stood before, of what would lie below a path now.
    ///
    /// @param folder with a '/' at its end
    /// @throws CorruptedException if a mount that cannot be read may have made some
    public List<Former> formerly(BarrierReader reader, String folder) {
        Mounts all = read(reader);
        if (all.unreadable().standing().keySet().stream()
                .anyMatch(uuid -> reader.get(MOVED.key(uuid)).isPresent())) {
            all.requireKnown(folder);
        }
        List<Former> found = new ArrayList<>();
        for (Mount mount : all.all()) {
            boolean whole = mount.path().startsWith(folder);
            if ((whole || folder.startsWith(mount.path())) && hasMoved(reader, mount)) {
                String rest = whole ? "" : folder.substring(mount.path().length());
                List<String> paths = whole ? List.of("") : former(reader, MOVED.key(mount.uuid()));
                paths.forEach(path -> found.add(new Former(mount, path + rest)));
            }
        }
        return found;
    }

    private static List<String> former(BarrierReader reader, StorageKey key) {
        return reader.get(key)
                .map(value -> StoredRecord.open(key, value, FORM).texts("paths"))
                .orElse(List.of());
    }

    private static Plaintext paths(Set<String> former) {
        Json.Builder record = Json.object().put("v", FORM).put("paths", Json.of(List.copyOf(former)));
        return new Plaintext(JsonText.write(record.build()));
    }

    /// Takes a mount from its path at once, and lets it keep what it stored for its leases to be taken back
    /// by; {@link RemoveJob} removes it then.
    public void retire(BarrierWriter writer, Mount mount) {
        writer.delete(record(mount));
        writer.put(LEAVING.key(mount.uuid()), MountRecord.write(mount));
        touch(writer);
    }

    /// Takes a mount away with its keyring and all that it stored, whatever its size.
    public void remove(BarrierWriter writer, Mount mount, Instant now) {
        writer.delete(record(mount));
        writer.delete(LEAVING.key(mount.uuid()));
        writer.delete(MOVED.key(mount.uuid()));
        Quotas.forget(writer, mount);
        Destructions.shred(writer, mount.scope(), mount.path(), now);
        touch(writer);
    }

    /// A new name for a mount of this type that is no secret.
    public static String accessor(String type, SecureRandom random) {
        return type + "_" + RandomIds.hex(4, random);
    }

    private Mounts load(BarrierReader reader) {
        Map<String, String> standing = new HashMap<>();
        Map<String, String> leaving = new HashMap<>();
        List<Mounts.Served> all = load(reader, RECORDS, standing);
        List<Mounts.Served> going = load(reader, LEAVING, leaving);
        Mounts mounts = new Mounts(all, going, new Mounts.Unreadable(standing, leaving));
        BUILT_IN.forEach(mounts::requireKnown);
        return mounts;
    }

    /// @param unreadable gets those whose records cannot be read, and why
    private List<Mounts.Served> load(BarrierReader reader, Folder folder, Map<String, String> unreadable) {
        List<Mounts.Served> all = new ArrayList<>();
        String after = "";
        Page<StorageKey> page;
        do {
            page = reader.scan(folder, after, PAGE);
            for (StorageKey key : page.items()) {
                try {
                    load(reader, key).ifPresent(all::add);
                } catch (CorruptedException damaged) {
                    unreadable.put(folder.relative(key), String.valueOf(damaged.getMessage()));
                }
                after = folder.relative(key);
            }
        } while (page.more());
        return all;
    }

    private Optional<Mounts.Served> load(BarrierReader reader, StorageKey key) {
        return reader.cached(key, () -> reader.get(key).map(value -> served(MountRecord.read(key, value))));
    }

    private Mounts.Served served(Mount mount) {
        Engine.Kind kind = kinds.named(mount.kind()).orElse(other -> List::of);
        return new Mounts.Served(mount, kind.at(mount.config(MountDefaults.STANDARD)));
    }

    private static StorageKey record(Mount mount) {
        return RECORDS.key(mount.uuid());
    }

    private static void touch(BarrierWriter writer) {
        writer.put(GUARD, mark());
    }

    private static Plaintext mark() {
        return new Plaintext("{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    }

    private static Mount builtIn(
            String path,
            String type,
            String description,
            boolean local,
            Map<String, List<String>> lists,
            SecureRandom random) {
        MountSettings settings = MountSettings.plain(description).with(lists);
        boolean sealWrap = type.equals("system");
        return new Mount(
                RandomIds.uuid(random), path, type, accessor(type, random), Map.of(), local, sealWrap, settings);
    }
}
