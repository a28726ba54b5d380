// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// The policies of a vault: one record each in scope `system`, read through the transaction and parsed once until it
/// changes. Every change rewrites the guard record too, so one question tells whether what was compiled from many of
/// them still holds.
public final class PolicyStore {
    /// Where the records lie, by name.
    public static final Folder RECORDS = Folder.of(Scope.SYSTEM).folder("policies/acl");

    static final StorageKey GUARD = new StorageKey(Scope.SYSTEM, "policy-table");

    /// Makes the policy that tokens get unless told otherwise, if there is none.
    public void prepare(BarrierWriter writer, Instant now) {
        if (writer.get(record(PolicyName.DEFAULT)).isEmpty()) {
            put(writer, PolicyName.DEFAULT, plain(BuiltInPolicies.DEFAULT, now));
        }
    }

    /// The policy of this name. There is none for root, which has no text.
    public Optional<StoredPolicy> find(BarrierReader reader, PolicyName name) {
        if (name.equals(PolicyName.RESPONSE_WRAPPING)) {
            return Optional.of(BuiltInPolicies.RESPONSE_WRAPPING);
        }
        StorageKey key = record(name);
        return name.isRoot()
                ? Optional.empty()
                : reader.cached(key, () -> reader.get(key).map(value -> StoredPolicy.read(key, value)));
    }

    public void put(BarrierWriter writer, PolicyName name, StoredPolicy policy) {
        requireText(name);
        writer.put(record(name), policy.record());
        touch(writer);
    }

    public void delete(BarrierWriter writer, PolicyName name) {
        requireText(name);
        if (name.equals(PolicyName.DEFAULT)) {
            throw new IllegalArgumentException("the default policy stays");
        }
        if (writer.get(record(name)).isPresent()) {
            writer.delete(record(name));
            touch(writer);
        }
    }

    /// A policy of which nothing but its text is asked.
    static StoredPolicy plain(String text, Instant now) {
        return StoredPolicy.of(text, new StoredPolicy.Extras(1, false, now, Optional.empty(), false, false, false));
    }

    private static StorageKey record(PolicyName name) {
        return RECORDS.key(name.value());
    }

    private static void requireText(PolicyName name) {
        if (name.isRoot() || name.equals(PolicyName.RESPONSE_WRAPPING)) {
            throw new IllegalArgumentException("this policy is built in");
        }
    }

    private static void touch(BarrierWriter writer) {
        writer.put(GUARD, new Plaintext("{\"v\":1}".getBytes(StandardCharsets.UTF_8)));
    }
}
