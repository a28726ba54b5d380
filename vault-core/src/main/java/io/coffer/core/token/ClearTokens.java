// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Clears away what dead tokens leave behind: their descendants and their belongings, a bounded part at a
/// time. Nobody waits for it, since what descends from the dead is dead.
///
/// What is to be done is read on a snapshot and done in a transaction of its own: what makes a child or a belonging
/// reads the token, so after the snapshot that shows its end there is nothing new.
public final class ClearTokens implements Job {
    /// How much work one step does: each token costs one, each that has belongings {@link #BELONGINGS}.
    static final int STEP = 500;

    private static final int BELONGINGS = 100;

    private final Belongings belongings;

    public ClearTokens(Belongings belongings) {
        this.belongings = belongings;
    }

    /// @param id the name of the dead: of a token or a login mount
    /// @param spares whether the children live on
    /// @param bare those children that have neither children nor belongings
    /// @param last whether these are the last children
    private record Part(String id, boolean spares, List<String> children, Set<String> bare, boolean last) {}

    @Override
    public String name() {
        return "clear-tokens";
    }

    @Override
    public Optional<Duration> step(Barrier barrier) {
        List<Part> parts = barrier.survey(this::plan);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        barrier.accepted(writer -> carryOut(writer, parts));
        return Optional.of(Duration.ZERO);
    }

    private List<Part> plan(BarrierReader reader) {
        List<Part> parts = new ArrayList<>();
        int left = STEP;
        for (StorageKey key : reader.scan(Layout.GONE, "", STEP).items()) {
            String id = Layout.GONE.relative(key);
            boolean spares =
                    reader.get(key).filter(value -> Layout.spares(key, value)).isPresent();
            Part part = part(reader, id, spares, left);
            parts.add(part);
            left -= 1 + part.children().size() + (belongings.any(reader, id) ? BELONGINGS : 0);
            if (left <= 0) {
                break;
            }
        }
        return parts;
    }

    private Part part(BarrierReader reader, String id, boolean spares, int limit) {
        Folder folder = Layout.CHILDREN.folder(id);
        Page<StorageKey> page = reader.scan(folder, "", limit);
        List<String> children = page.items().stream().map(folder::relative).toList();
        Set<String> bare = spares
                ? Set.of()
                : children.stream().filter(child -> isBare(reader, child)).collect(Collectors.toUnmodifiableSet());
        return new Part(id, spares, children, bare, !page.more());
    }

    private boolean isBare(BarrierReader reader, String id) {
        return reader.scan(Layout.CHILDREN.folder(id), "", 1).items().isEmpty() && !belongings.any(reader, id);
    }

    private boolean carryOut(BarrierWriter writer, List<Part> parts) {
        for (Part part : parts) {
            for (String child : part.children()) {
                Optional<TokenStore.Found> found = TokenStore.load(writer, child);
                if (found.isPresent() && part.spares()) {
                    writer.put(
                            Layout.IDS.key(child),
                            TokenRecord.write(found.get().token().orphaned()));
                } else if (found.isPresent() && part.bare().contains(child)) {
                    Burial.complete(writer, found.get());
                } else if (found.isPresent()) {
                    Burial.of(writer, found.get(), false);
                }
                writer.delete(Layout.CHILDREN.folder(part.id()).key(child));
            }
            if (part.last() && !belongings.clear(writer, part.id())) {
                writer.delete(Layout.GONE.key(part.id()));
            }
        }
        return true;
    }
}
