// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.util.List;
import java.util.stream.Stream;

/// From which other origins a browser's page may ask the vault: one record of form 1, kept in memory until
/// it changes.
///
/// @param origins `*` alone stands for any; none means that it is turned off
/// @param headers that a page may send, beside {@link #ALWAYS}
public record CrossOrigin(List<String> origins, List<String> headers, boolean credentials) {
    public static final CrossOrigin OFF = new CrossOrigin(List.of(), List.of(), false);

    /// What the field's pages send.
    static final List<String> ALWAYS = List.of(
            "Content-Type",
            "X-Requested-With",
            "X-Vault-AWS-IAM-Server-ID",
            "X-Vault-MFA",
            "X-Vault-No-Request-Forwarding",
            "X-Vault-Wrap-Format",
            "X-Vault-Wrap-TTL",
            "X-Vault-Policy-Override",
            "Authorization",
            "X-Vault-Token");

    static final String ANY = "*";

    private static final StorageKey KEY = new StorageKey(Scope.SYSTEM, "cross-origin");
    private static final int FORM = 1;

    public CrossOrigin {
        origins = List.copyOf(origins);
        headers = List.copyOf(headers);
    }

    public static CrossOrigin read(BarrierReader reader) {
        return reader.cached(
                KEY, () -> reader.get(KEY).map(value -> read(KEY, value)).orElse(OFF));
    }

    public boolean isOn() {
        return !origins.isEmpty();
    }

    public boolean admits(String origin) {
        return origins.contains(ANY) || origins.contains(origin);
    }

    /// All that a page may send.
    public List<String> allHeaders() {
        return Stream.concat(ALWAYS.stream(), headers.stream().filter(header -> ALWAYS.stream()
                        .noneMatch(known -> known.equalsIgnoreCase(header))))
                .toList();
    }

    void put(BarrierWriter writer) {
        writer.put(KEY, write());
    }

    static void remove(BarrierWriter writer) {
        writer.delete(KEY);
    }

    Plaintext write() {
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("origins", Json.of(origins))
                .put("headers", Json.of(headers))
                .put("credentials", credentials)
                .build()));
    }

    static CrossOrigin read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        CrossOrigin read =
                new CrossOrigin(stored.texts("origins"), stored.texts("headers"), stored.flag("credentials"));
        stored.end();
        return read;
    }
}
