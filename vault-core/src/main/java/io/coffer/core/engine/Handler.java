// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Slow;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Writer;
import io.coffer.core.vault.Vault;
import java.util.Optional;

/// What a route does. The kinds differ in what they are given, so that what a kind may not do does not compile.
///
/// The readers and writers of {@link Reads} and {@link Writes} show the mount's own scope and refuse every
/// other.
public sealed interface Handler {
    /// Computes an answer from one snapshot.
    record Reads(Read work) implements Handler {}

    /// Computes an answer and changes; one transaction. It can run twice, so it touches nothing but its
    /// arguments.
    record Writes(Write work) implements Handler {}

    /// Computes an answer from a snapshot of everything inside the barrier; only for the vault's own engines.
    record Surveys(Survey work) implements Handler {}

    /// As {@link Writes}, over everything inside the barrier and the keyrings; only for the vault's own
    /// engines.
    record Governs(Govern work) implements Handler {}

    /// Slow work between a look and a transaction: hashing passwords, asking others. First a look at the
    /// mount's own scope, then the slow work, on a pool of its own and holding nothing, then the
    /// transaction, which sees the mount as it is by then: what the look saw may have changed, so what
    /// counts of it is checked again.
    record Prepared(Look work) implements Handler {}

    /// Watches or changes the vault itself; runs outside the door.
    record Acts(Act work) implements Handler {}

    /// Changes the vault itself in bounded steps outside the door, once the request's audit entry is written.
    /// Between two steps whoever else waits has his turn.
    record Steps(Step work) implements Handler {}

    interface Read {
        Response handle(Call call, Reader<Plaintext> reader);
    }

    interface Write {
        Response handle(Call call, Writer<Plaintext> writer);
    }

    interface Look {
        Preparation handle(Call call, Reader<Plaintext> reader);
    }

    /// Slow work that knows what was seen.
    interface Preparation {
        /// Runs once. It touches the storage of no mount.
        Write run(Slow slow);

        /// None, since the look has told the answer already.
        static Preparation answered(Response answer) {
            return slow -> (call, writer) -> answer;
        }
    }

    interface Survey {
        Response handle(Call call, BarrierReader reader);
    }

    interface Govern {
        Response handle(Call call, BarrierWriter writer);
    }

    interface Act {
        Response handle(Call call, Vault vault);
    }

    interface Step {
        /// Does one step. It may wait for the disk, briefly.
        ///
        /// @return the answer; empty if there is more to do
        Optional<Response> handle(Call call, Vault vault);
    }
}
