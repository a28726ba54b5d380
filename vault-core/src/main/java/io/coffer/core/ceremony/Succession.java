// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Writer;
import io.coffer.core.vault.Vault;
import java.util.List;
import java.util.Optional;

/// How new shares follow the former ones: one transaction each, durable on return, so that whenever the process is
/// killed some set of shares opens the store, and two do only while the seal record says so.
final class Succession {
    private final Vault vault;
    private final Time time;

    /// New shares on their way out.
    ///
    /// @param handed what their holders get
    record Issue(RekeyPlan plan, String nonce, Starter starter, NewShares made, List<Secret> handed) {
        /// Writes down who gets them, and what is kept for those.
        private void keep(Writer<Ciphertext> records, BarrierWriter entries) {
            ShareHolders.add(made.set(), plan, handed, records, entries);
            if (plan.backup()) {
                entries.put(
                        ShareBackup.KEY,
                        ShareBackup.of(nonce, plan.fingerprints(), handed).write());
            }
        }
    }

    Succession(Vault vault, Time time) {
        this.vault = vault;
        this.time = time;
    }

    /// The new shares open the store; those that agreed do too, until {@link #dropPrevious}.
    ///
    /// @param proven the generation of those that agreed
    void replace(Issue issue, SealRecord before, int proven) {
        NewShares made = issue.made();
        RootKey next = new RootKey(before.storeId(), made.set().number(), made.rootKey());
        vault.reseal(Optional.of(next), (now, records, entries) -> {
            SealRecord then = now.replaced(made.set(), proven);
            ShareHolders.forget(now, then, records, entries);
            issue.keep(records, entries);
            entries.addRootKey(next, proven);
            return then;
        });
    }

    /// The new shares open nothing until {@link #promote}.
    void await(Issue issue) {
        boolean all = issue.plan().proof() == RekeyPlan.Proof.ALL;
        PendingRekey pending = new PendingRekey(
                issue.nonce(),
                issue.starter(),
                all,
                issue.plan().backup(),
                issue.plan().fingerprints());
        vault.reseal(Optional.empty(), (now, records, entries) -> {
            issue.keep(records, entries);
            entries.put(PendingRekey.KEY, pending.write());
            return now.withPending(issue.made().set());
        });
    }

    /// The pending shares alone open the store.
    ///
    /// @param rootKey that they opened; taken over
    void promote(RootKey rootKey) {
        vault.reseal(Optional.of(rootKey), (now, records, entries) -> {
            SealRecord then = now.promoted();
            ShareHolders.forget(now, then, records, entries);
            entries.delete(PendingRekey.KEY);
            entries.replaceRootKey(rootKey, time.now());
            return then;
        });
    }

    /// The pending shares are worth nothing.
    void dropPending() {
        vault.reseal(Optional.empty(), (now, records, entries) -> {
            SealRecord then = now.withoutPending();
            ShareHolders.forget(now, then, records, entries);
            entries.delete(PendingRekey.KEY);
            return then;
        });
    }

    /// The current shares alone open the store.
    void dropPrevious() {
        vault.reseal(Optional.empty(), (now, records, entries) -> {
            SealRecord then = now.withoutPrevious();
            ShareHolders.forget(now, then, records, entries);
            entries.dropPrevious(time.now());
            return then;
        });
    }
}
