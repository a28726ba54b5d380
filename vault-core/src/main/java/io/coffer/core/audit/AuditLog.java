// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The audit devices of this vault. Entries are made inside the door, where the keys are, and written
/// outside: lines hold no key, and nobody holds the vault open for a device.
///
/// Without a device everything here returns at once and nothing is made.
public final class AuditLog {
    /// The error in the entry of an answer that nobody knows.
    public static final String OUTCOME_UNKNOWN = "outcome unknown";

    private static final CompletionStage<Void> NOTHING_TO_WRITE = CompletableFuture.completedStage(null);
    private static final String NAMES = "[A-Za-z0-9._-]{1,128}";

    private final List<AuditGate> gates;
    private final List<DeviceKey> keys;
    private final AuditLimits limits;
    private final Time time;
    private final Refusals refusals;

    /// @throws IllegalArgumentException if there are more devices than the limit, or two of one name
    public AuditLog(List<AuditDevice> devices, AuditLimits limits, Time time, Observer observer) {
        check(devices, limits);
        this.gates = devices.stream()
                .map(device -> new AuditGate(device, limits, time, observer))
                .toList();
        this.keys = devices.stream().map(device -> new DeviceKey(device.name())).toList();
        this.limits = limits;
        this.time = time;
        this.refusals = new Refusals(limits, time);
    }

    /// Whether there is no device, so that no facts need to be gathered.
    public boolean isEmpty() {
        return gates.isEmpty();
    }

    /// Makes the HMAC keys that are missing; called in a transaction whenever the vault has been opened.
    public void prepare(BarrierWriter writer, SecureRandom random) {
        keys.forEach(key -> key.prepare(writer, random));
    }

    /// The entry of a request.
    public AuditedRequest request(BarrierReader reader, AuditFacts facts) {
        if (isEmpty()) {
            return AuditedRequest.NONE;
        }
        Instant now = time.now();
        List<AuditedRequest.Line> lines = new ArrayList<>(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            lines.add(entry(i).request(facts, keys.get(i).hashes(reader), now));
        }
        return new AuditedRequest(lines);
    }

    /// The entry of the answer to a request.
    public AuditLines response(BarrierReader reader, AuditedRequest request, Response response) {
        if (isEmpty() || request == AuditedRequest.NONE) {
            return AuditedRequest.NONE;
        }
        Instant now = time.now();
        List<byte[]> lines = new ArrayList<>(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            lines.add(entry(i).response(request.part(i), response, keys.get(i).hashes(reader), now));
        }
        return new AuditLines(lines);
    }

    /// The entry of a request without an answer, or whose answer must not be told: the twin that says
    /// {@link #OUTCOME_UNKNOWN}, or the error that the client gets. It needs no key and no open vault.
    ///
    /// @param error a text of ours, without any value
    public AuditLines ended(AuditedRequest request, String error) {
        if (isEmpty() || request == AuditedRequest.NONE) {
            return AuditedRequest.NONE;
        }
        Instant now = time.now();
        List<byte[]> lines = new ArrayList<>(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            lines.add(entry(i).ended(request.part(i), error, now));
        }
        return new AuditLines(lines);
    }

    /// Hands entries to every device, as one piece and in this order. Completes when the first device has
    /// written them, on that device's thread; fails with {@link AuditFailedException} when none has, at the
    /// latest one {@link #tick} after the deadline.
    public CompletionStage<Void> write(AuditLines... entries) {
        if (isEmpty() || entries[0] == AuditedRequest.NONE) {
            return NOTHING_TO_WRITE;
        }
        Verdict verdict = new Verdict(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            gates.get(i).write(joined(i, entries), verdict);
        }
        return verdict.result();
    }

    /// Tells of a request that was answered without a key. Nobody waits for it: a failing device never
    /// blocks unsealing or sealing.
    public void notice(AuditNotice notice) {
        if (isEmpty()) {
            return;
        }
        if (notice.refused()) {
            refusals.add(notice).forEach(this::write);
        } else {
            write(new Refusals.Counted(notice, 1));
        }
    }

    /// Gives up what devices owe for too long and writes the refusals that were counted. Whoever owns the
    /// log calls it several times a second.
    public void tick() {
        gates.forEach(AuditGate::tick);
        if (!isEmpty()) {
            refusals.due().forEach(this::write);
        }
    }

    /// Hands over what is only counted so far; the devices are closed by whoever opened them.
    public void flush() {
        refusals.rest().forEach(this::write);
    }

    /// Opens anew what was rotated away, and gives devices that failed another chance.
    public void reopen() {
        gates.forEach(AuditGate::reopen);
    }

    private void write(Refusals.Counted counted) {
        Instant now = time.now();
        Verdict verdict = new Verdict(gates.size());
        for (int i = 0; i < gates.size(); i++) {
            gates.get(i).write(entry(i).notice(counted.notice(), counted.count(), now), verdict);
        }
    }

    private AuditEntry entry(int device) {
        return new AuditEntry(gates.get(device).device().options(), limits);
    }

    private static byte[] joined(int device, AuditLines... entries) {
        byte[] all = entries[0].line(device);
        for (int i = 1; i < entries.length; i++) {
            byte[] line = entries[i].line(device);
            int end = all.length;
            all = Arrays.copyOf(all, end + line.length);
            System.arraycopy(line, 0, all, end, line.length);
        }
        return all;
    }

    private static void check(List<AuditDevice> devices, AuditLimits limits) {
        if (devices.size() > limits.devices()) {
            throw new IllegalArgumentException(
                    devices.size() + " audit devices; there may be at most " + limits.devices());
        }
        Set<String> names = new HashSet<>();
        for (AuditDevice device : devices) {
            if (!device.name().matches(NAMES)) {
                throw new IllegalArgumentException(
                        "an audit device's name is 1 to 128 of a-z, A-Z, 0-9, '.', '_' and '-'");
            }
            if (!names.add(device.name())) {
                throw new IllegalArgumentException("two audit devices have the name " + device.name());
            }
        }
    }
}
