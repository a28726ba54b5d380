// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.rewrap.Rewrap;
import io.coffer.core.storage.Scope;
import io.coffer.core.term.RotationConfig;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/// The rewrap that follows a rotation, in its transaction, where it is asked for or the settings say so.
///
/// No record that does not open keeps a scope from its new term: such settings ask for nothing, such a rewrap is begun
/// anew. Both are told, twice if the transaction runs again.
final class FollowingRewrap {
    private final Time time;
    private final Observer observer;

    FollowingRewrap(Time time, Observer observer) {
        this.time = time;
        this.observer = observer;
    }

    /// Of a scope that was rotated alone.
    void ofOne(BarrierWriter writer, Scope scope, boolean asked) {
        if (asked || says(() -> RotationConfig.of(writer, scope).autoRewrap())) {
            start(writer, List.of(scope));
        }
    }

    /// Where a scope's own settings say so; what those of all say is done at the end for all.
    void ofItself(BarrierWriter writer, Scope scope) {
        if (says(() -> RotationConfig.own(writer, scope)
                .filter(RotationConfig::autoRewrap)
                .isPresent())) {
            start(writer, List.of(scope));
        }
    }

    void ofAll(BarrierWriter writer, boolean asked) {
        if (asked || says(() -> RotationConfig.general(writer).autoRewrap())) {
            start(writer, List.of());
        }
    }

    private boolean says(BooleanSupplier setting) {
        try {
            return setting.getAsBoolean();
        } catch (CorruptedException bent) {
            tell(String.valueOf(bent.getMessage()));
            return false;
        }
    }

    private void start(BarrierWriter writer, List<Scope> scopes) {
        Rewrap.damage(writer).ifPresent(this::tell);
        Rewrap.start(writer, scopes, OptionalLong.empty(), time.now());
    }

    private void tell(String reason) {
        observer.observe(new Event.RecordPassedOver(reason));
    }
}
