// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.time.Duration;
import java.util.concurrent.CompletionException;

/// What happened in the core. Fields are JDK types, so the server can make metrics and log lines of it;
/// none holds a secret.
public sealed interface Event {
    /// One batch was written and synced.
    record BatchCommitted(int transactions, int changes, Duration took) implements Event {}

    /// The disk failed; nothing is acknowledged any more.
    record StorageFailed(String message) implements Event {}

    record VaultUnsealed(int generation) implements Event {}

    /// The keys are closed.
    ///
    /// @param drained whether every request inside had ended before the keys were closed
    record VaultSealed(boolean drained) implements Event {}

    /// New values are encrypted under new terms.
    record KeysRotated(int scopes) implements Event {}

    /// Values are under the primary term that were not.
    ///
    /// @param skipped how many do not open, and stay as they are
    record ValuesRewrapped(int values, int skipped) implements Event {}

    /// How far a rewrap has come, each second; all of it 0 when it has ended.
    ///
    /// @param left how many values are still under older terms
    /// @param rate values a second, of late
    /// @param share the part of its limit that it uses, less than 1 while others would wait for it
    /// @param obstacles in how many scopes it has met what cannot be read
    record RewrapProgressed(long left, double rate, double share, int obstacles) implements Event {}

    /// A rewrap has met what cannot be read: it goes on in other scopes, and tries this one again.
    ///
    /// @param reason names the file or the record
    record RewrapObstructed(String scope, String reason) implements Event {}

    /// Nothing is left to be moved to the primary terms but what does not open.
    record RewrapEnded(long values, long skipped) implements Event {}

    /// Holders of shares have made a root token.
    ///
    /// @param starter who asked for it, for people
    record RootTokenMade(String starter) implements Event {}

    record VaultInitialized(int shares, int threshold) implements Event {}

    /// Retired records that held keys are in no file of the disk any more.
    record KeysErased(int records) implements Event {}

    /// A term that was retired a while ago has opened values: they are still to be re-encrypted.
    ///
    /// @param uses since it was last told
    record DeprecatedKeyUsed(String scope, int term, long uses) implements Event {}

    /// A record does not open, and what needs it can go on without: it counts as not there, or is written anew.
    ///
    /// @param reason names the record
    record RecordPassedOver(String reason) implements Event {}

    /// The keys of terms are gone, from the files too.
    ///
    /// @param receipt the name of the receipt that says so
    record KeysDestroyed(String scope, int terms, String receipt) implements Event {}

    /// A background step failed; it is tried again later.
    record JobFailed(String job, String message) implements Event {
        /// Faults of the disk name files and records, and no value; of anything else nobody knows what it says.
        public static JobFailed of(String job, Throwable failure) {
            Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                    ? wrapped.getCause()
                    : failure;
            String reason =
                    switch (cause) {
                        case CorruptedException damaged -> String.valueOf(damaged.getMessage());
                        case StorageUnavailableException gone -> String.valueOf(gone.getMessage());
                        case OutcomeUnknownException gone -> String.valueOf(gone.getMessage());
                        default -> cause.getClass().getName();
                    };
            return new JobFailed(job, reason);
        }
    }

    /// A request ended in a defect: answered 500 under this id.
    record RequestCrashed(String requestId, Throwable defect) implements Event {}

    /// A request has met a record or a file of the store that is damaged: answered 500 under this id.
    ///
    /// @param damage names the record or the file
    record DamageMet(String requestId, Throwable damage) implements Event {}

    /// An audit device missed its deadline or failed.
    record AuditDeviceFailed(String device, String message) implements Event {}

    /// An audit device that was cut off writes again.
    ///
    /// @param missed how many times it was handed nothing, or did not write what it was handed
    record AuditDeviceRecovered(String device, long missed) implements Event {}
}
