// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.engine.Engine;
import io.coffer.core.storage.Folder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All mounts of one moment, with the engine of each.
public final class Mounts {
    private final Map<String, Served> byPath = new HashMap<>();
    private final Map<String, Served> byUuid = new HashMap<>();
    private final List<Mount> sorted = new ArrayList<>();
    private final List<Mount> leaving = new ArrayList<>();

    /// A mount, and the engine that answers there.
    public record Served(Mount mount, Engine engine) {}

    Mounts(Collection<Served> all) {
        this(all, List.of());
    }

    /// @param going those that are disabled and have leases to be taken back: no path leads to them
    Mounts(Collection<Served> all, Collection<Served> going) {
        all.forEach(served -> byPath.put(served.mount().path(), served));
        all.forEach(served -> byUuid.put(served.mount().uuid(), served));
        going.forEach(served -> byUuid.put(served.mount().uuid(), served));
        going.forEach(served -> leaving.add(served.mount()));
        all.forEach(served -> sorted.add(served.mount()));
        sorted.sort(Comparator.comparing(Mount::path));
    }

    /// The mount that a path lies in: the longest that it begins with; a path without a '/' at its end is also tried
    /// with one.
    public Optional<Served> route(String path) {
        for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            Served served = byPath.get(path.substring(0, end + 1));
            if (served != null) {
                return Optional.of(served);
            }
        }
        return Optional.ofNullable(byPath.get(path + "/"));
    }

    public Optional<Mount> at(String path) {
        return Optional.ofNullable(byPath.get(path)).map(Served::mount);
    }

    /// Everything that the cubbyhole stores; every vault has one.
    public Folder cubbyhole() {
        return Folder.of(at("cubbyhole/").orElseThrow().scope());
    }

    /// The mount that keeps its name when it moves; also one that is leaving.
    public Optional<Served> withUuid(String uuid) {
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /// Whether requests reach the mount of this uuid: not if it is gone or leaving.
    public boolean serves(String uuid) {
        return withUuid(uuid)
                .flatMap(served -> at(served.mount().path()))
                .filter(there -> there.uuid().equals(uuid))
                .isPresent();
    }

    /// Those that are disabled, and keep their keys until their leases are taken back.
    public List<Mount> leaving() {
        return List.copyOf(leaving);
    }

    /// By path.
    public List<Mount> all() {
        return List.copyOf(sorted);
    }

    /// A mount that a new one at this path would be in, or that would be in the new one.
    public Optional<Mount> inTheWay(String path) {
        return sorted.stream()
                .filter(mount -> mount.path().startsWith(path) || path.startsWith(mount.path()))
                .findFirst();
    }
}
