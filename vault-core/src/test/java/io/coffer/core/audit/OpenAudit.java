// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Incoming;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.RequestPath;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// An open store in memory whose devices have their keys, and requests to tell of.
final class OpenAudit {
    static final Instant NOW = HandTime.START;
    static final SecureRandom RANDOM = new SecureRandom();

    final Barrier barrier;

    OpenAudit(AuditLog log) {
        Committer committer = new Committer(new MemoryDisk(), Runnable::run, Observer.none(), Time.system());
        try (Secret secret = Secret.random(RootKey.BYTES, RANDOM)) {
            barrier = new Barrier(committer, new RootKey(new StoreId(1, 2), 1, secret), RANDOM);
        }
        barrier.govern(writer -> {
            writer.createKeyring(Scope.KEYS, NOW);
            writer.createKeyring(Scope.AUDIT, NOW);
            return true;
        });
        prepare(log);
    }

    void prepare(AuditLog log) {
        barrier.govern(writer -> {
            log.prepare(writer, RANDOM);
            return true;
        });
    }

    <T> T read(Function<BarrierReader, T> work) {
        return barrier.survey(work);
    }

    /// What a device's key makes of a text, computed apart from the code under test.
    String hmac(String device, String text) {
        byte[] record = barrier.read(
                reader -> reader.get(keyOf(device)).orElseThrow().bytes().clone());
        Json.Obj parsed = JsonText.DEFAULT.parseObject(record);
        byte[] key = Base64.getDecoder().decode(((Json.Str) parsed.get("key")).value());
        return "hmac-sha256:" + HexFormat.of().formatHex(hmac(key, text));
    }

    static StorageKey keyOf(String device) {
        return new StorageKey(Scope.AUDIT, "devices/" + device + "/hmac-key");
    }

    static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Incoming incoming(Operation operation, String path) {
        return incoming(operation, path, Optional.empty(), Optional.empty());
    }

    static Incoming incoming(Operation operation, String path, Optional<Credential> credential, Optional<String> wrap) {
        return new Incoming(
                "6f9d1c52-7a39-4f6e-9a61-0d1f2b3c4d5e",
                operation,
                new RequestPath(path),
                Map.of(),
                new byte[0],
                Incoming.Form.JSON,
                credential,
                wrap,
                new Origin("10.1.2.3", 4711, false, false),
                Duration.ofSeconds(30));
    }

    static AuditFacts facts(Json data) {
        return AuditFacts.of(incoming(
                        Operation.UPDATE,
                        "secret/data/app",
                        Optional.of(new Credential("hvs.token")),
                        Optional.empty()))
                .by(new AuditFacts.Subject("id-1", "accessor-1", "root", List.of("root"), ""))
                .at(new AuditFacts.Mount("secret/", "kv", "kv_1f0e9d3c"))
                .with(data, Map.of());
    }

    static Json.Obj parsed(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf('\n') != text.length() - 1) {
            throw new AssertionError("not one line");
        }
        return JsonText.DEFAULT.parseObject(text.trim().getBytes(StandardCharsets.UTF_8));
    }

    /// The value at a path of names.
    static Json at(Json.Obj entry, String... names) {
        Json value = entry;
        for (String name : names) {
            value = ((Json.Obj) value).get(name);
        }
        return value;
    }
}
