// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import io.coffer.core.CorruptedException;
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
///
/// A mount whose record cannot be read is known by its uuid alone. Whoever asks for it is told so by a {@link
/// CorruptedException}, and so is whoever asks for what stands at a path where no other mount is: it may be that one.
public final class Mounts {
    private final Map<String, Served> byPath = new HashMap<>();
    private final Map<String, Served> byUuid = new HashMap<>();
    private final List<Mount> sorted = new ArrayList<>();
    private final List<Mount> leaving = new ArrayList<>();
    private final Unreadable unreadable;

    /// A mount, and the engine that answers there.
    public record Served(Mount mount, Engine engine) {}

    /// Mounts whose records cannot be read, and why, by their uuids.
    ///
    /// @param standing those that have a path
    /// @param leaving those that are disabled
    record Unreadable(Map<String, String> standing, Map<String, String> leaving) {
        static final Unreadable NONE = new Unreadable(Map.of(), Map.of());

        Unreadable {
            standing = Map.copyOf(standing);
            leaving = Map.copyOf(leaving);
        }

        Optional<String> why(String uuid) {
            return Optional.ofNullable(standing.get(uuid)).or(() -> Optional.ofNullable(leaving.get(uuid)));
        }

        /// Of those that have a path.
        Optional<String> first() {
            return standing.values().stream().sorted().findFirst();
        }
    }

    Mounts(Collection<Served> all) {
        this(all, List.of(), Unreadable.NONE);
    }

    /// @param going those that are disabled and have leases to be taken back: no path leads to them
    Mounts(Collection<Served> all, Collection<Served> going, Unreadable unreadable) {
        this.unreadable = unreadable;
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
        return orUnknown(Optional.ofNullable(byPath.get(path + "/")));
    }

    public Optional<Mount> at(String path) {
        return orUnknown(Optional.ofNullable(byPath.get(path)).map(Served::mount));
    }

    /// The login mount of this accessor.
    public Optional<Mount> loginWith(String accessor) {
        return orUnknown(sorted.stream()
                .filter(mount -> mount.isAuth() && mount.accessor().equals(accessor))
                .findFirst());
    }

    /// Everything that the cubbyhole stores; every vault has one.
    public Folder cubbyhole() {
        return Folder.of(at("cubbyhole/").orElseThrow().scope());
    }

    /// The mount that keeps its name when it moves; also one that is leaving.
    public Optional<Served> withUuid(String uuid) {
        unreadable.why(uuid).ifPresent(Mounts::fail);
        return Optional.ofNullable(byUuid.get(uuid));
    }

    /// The same, for those who only name it: empty also if its record cannot be read.
    public Optional<Mount> toName(String uuid) {
        return Optional.ofNullable(byUuid.get(uuid)).map(Served::mount);
    }

    /// Why the record of the mount of this uuid cannot be read; empty if it can, or if there is none.
    public Optional<String> damage(String uuid) {
        return unreadable.why(uuid);
    }

    /// What a list of mounts leaves out, for people; no line if it is whole.
    public List<String> leftOut() {
        return unreadable
                .first()
                .map(why -> "Mounts left out, since their records cannot be read: "
                        + unreadable.standing().size() + "; the first: " + why)
                .stream()
                .toList();
    }

    /// Whether requests reach the mount of this uuid: not if it is gone or leaving.
    public boolean serves(String uuid) {
        return withUuid(uuid)
                .map(served -> byPath.get(served.mount().path()))
                .filter(there -> there.mount().uuid().equals(uuid))
                .isPresent();
    }

    /// Those that are disabled, and keep their keys until their leases are taken back.
    public List<Mount> leaving() {
        return List.copyOf(leaving);
    }

    /// Whether the mount of this uuid is one of those, also if its record cannot be read.
    public boolean isLeaving(String uuid) {
        return unreadable.leaving().containsKey(uuid)
                || leaving.stream().anyMatch(mount -> mount.uuid().equals(uuid));
    }

    /// By path; those alone whose records can be read.
    public List<Mount> all() {
        return List.copyOf(sorted);
    }

    /// A mount that a new one at this path would be in, or that would be in the new one.
    public Optional<Mount> inTheWay(String path) {
        return orUnknown(sorted.stream()
                .filter(mount -> mount.path().startsWith(path) || path.startsWith(mount.path()))
                .findFirst());
    }

    Unreadable unreadable() {
        return unreadable;
    }

    /// @throws CorruptedException if no mount serves this path that can be read, and there is one that cannot
    void requireKnown(String path) {
        var unused = route(path);
    }

    /// Nothing is said to be absent while it may be what nobody can read.
    private <T> Optional<T> orUnknown(Optional<T> found) {
        if (found.isEmpty()) {
            unreadable.first().ifPresent(Mounts::fail);
        }
        return found;
    }

    private static void fail(String why) {
        throw new CorruptedException(why);
    }
}
