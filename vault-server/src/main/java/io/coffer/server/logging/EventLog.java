// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Makes log lines of what happens in the core.
public final class EventLog implements Observer {
    private final Logger core = LoggerFactory.getLogger("core");
    private final Logger storage = LoggerFactory.getLogger("storage");
    private final Logger audit = LoggerFactory.getLogger("audit");
    private final Logger jobs = LoggerFactory.getLogger("jobs");

    @Override
    public void observe(Event event) {
        switch (event) {
            case Event.BatchCommitted batch -> storage.trace("batch committed");
            case Event.StorageFailed(String message) ->
                tell(
                        storage.atError(),
                        "storage has failed; nothing is acknowledged until it recovers",
                        "error",
                        message);
            case Event.VaultUnsealed(int generation) ->
                tell(core.atInfo(), "vault is unsealed", "share_generation", generation);
            case Event.VaultSealed(boolean drained) -> sealed(drained);
            case Event.KeysRotated(int scopes) -> tell(core.atInfo(), "keys are rotated", "scopes", scopes);
            case Event.VaultInitialized(int shares, int threshold) ->
                tell(core.atInfo().addKeyValue("shares", shares), "vault is initialized", "threshold", threshold);
            case Event.KeysErased(int records) ->
                tell(jobs.atInfo(), "retired keys are erased from the disk's files", "records", records);
            case Event.JobFailed(String job, String message) ->
                tell(
                        jobs.atWarn().addKeyValue("job", job),
                        "background work failed and is tried again",
                        "error",
                        message);
            case Event.RequestCrashed(String id, Throwable defect) ->
                tell(core.atError().setCause(defect), "request ended in a defect; please report it", "request_id", id);
            case Event.AuditDeviceFailed(String device, String message) ->
                tell(audit.atError().addKeyValue("device", device), "audit device has failed", "error", message);
            case Event.AuditDeviceRecovered(String device, long missed) ->
                tell(
                        audit.atWarn().addKeyValue("device", device),
                        "audit device writes again; entries are missing from it",
                        "missed",
                        missed);
        }
    }

    private static void tell(LoggingEventBuilder line, String text, String key, Object value) {
        line.setMessage(text).addKeyValue(key, value).log();
    }

    private void sealed(boolean drained) {
        if (drained) {
            core.info("vault is sealed");
        } else {
            core.warn("vault is sealed; some requests had not ended and were cut off");
        }
    }
}
