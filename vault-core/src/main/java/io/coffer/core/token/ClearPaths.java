// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.Job;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.StorageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Carries out what was ended by its path: looks at every token once, a bounded part at a time. Nobody waits for it,
/// since those tokens are dead already.
public final class ClearPaths implements Job {
    /// The most tokens that one step looks at.
    static final int STEP = 500;

    @Override
    public String name() {
        return "clear-ended-tokens";
    }

    /// One look at a part of all tokens.
    ///
    /// @param ended the orders that hold for the whole look: it began after them
    /// @param next where the next part begins; empty if this is the last
    private record Part(EndedPaths ended, List<String> dead, String next) {}

    @Override
    public Optional<Duration> step(Barrier barrier) {
        Optional<Part> part = barrier.survey(ClearPaths::look);
        part.ifPresent(found -> barrier.accepted(writer -> carryOut(writer, found)));
        return part.map(found -> Duration.ZERO);
    }

    private static Optional<Part> look(BarrierReader reader) {
        EndedPaths ended = EndedPaths.of(reader, Layout.ENDED).underway(EndedPaths.MOST);
        if (ended.orders().isEmpty()) {
            return Optional.empty();
        }
        Page<StorageKey> page = reader.scan(Layout.IDS, ended.place(), STEP);
        List<String> ids = page.items().stream().map(Layout.IDS::relative).toList();
        List<String> dead = ids.stream()
                .filter(id -> TokenStore.load(reader, id)
                        .filter(found -> TokenStore.isEnded(ended, found.token()))
                        .isPresent())
                .toList();
        return Optional.of(new Part(ended, dead, page.more() ? ids.getLast() : ""));
    }

    private static boolean carryOut(BarrierWriter writer, Part part) {
        if (!part.ended().isUnderway(writer, Layout.ENDED, EndedPaths.MOST)) {
            return false;
        }
        int held = part.ended().orders().size();
        part.dead().forEach(id -> TokenStore.load(writer, id).ifPresent(found -> Burial.of(writer, found, false)));
        if (part.next().isEmpty()) {
            EndedPaths.finish(writer, Layout.ENDED, held);
        } else {
            EndedPaths.advance(writer, Layout.ENDED, held, part.next());
        }
        return true;
    }
}
