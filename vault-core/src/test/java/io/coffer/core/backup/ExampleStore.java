// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.backup;

import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.barrier.Barrier;
import io.coffer.core.barrier.RootKey;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.seal.Commitments;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.SealedRootKey;
import io.coffer.core.secret.Secret;
import io.coffer.core.shamir.Shamir;
import io.coffer.core.shamir.Share;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.Family;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StoreId;
import io.coffer.core.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A store with one mount, and its shares in hex.
record ExampleStore(MemoryDisk disk, List<String> shares) {
    static final String UUID = "3f1b6c4e-8d57-4a3c-9a0e-5b1f2c7d9e10";
    static final StorageKey SECRET = new StorageKey(new Scope(UUID), "data/app/1");
    static final String PLAINTEXT = "{\"v\":1,\"data\":{\"password\":\"correct horse\"}}";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /// @param shares 1 for a store with a single key
    static ExampleStore create(int shares, int threshold, SecureRandom random) {
        MemoryDisk disk = new MemoryDisk();
        Vault vault = vault(disk, random);
        StoreId storeId = StoreId.random(random);
        try (Secret unsealKey = Secret.random(32, random);
                Secret rootKey = Secret.random(RootKey.BYTES, random)) {
            List<Secret> split = split(unsealKey, shares, threshold, random);
            SealRecord record = SealRecord.first(
                    storeId,
                    new Generation(
                            new SealConfig(shares, threshold),
                            SealedRootKey.seal(rootKey, unsealKey, storeId, 1, random),
                            Commitments.to(storeId, 1, split, random)));
            vault.initialize(record, rootKey, NOW, writer -> {
                        mounts().add(writer, mount(), NOW);
                        writer.put(SECRET, new Plaintext(PLAINTEXT.getBytes(StandardCharsets.UTF_8)));
                    })
                    .toCompletableFuture()
                    .join();
            List<String> hex = new ArrayList<>();
            split.forEach(share -> hex.add(share.use(HexFormat.of()::formatHex)));
            split.forEach(Secret::close);
            return new ExampleStore(disk, hex);
        }
    }

    static Vault vault(Disk disk, SecureRandom random) {
        Committer committer = new Committer(disk, Runnable::run, Observer.none(), Time.system());
        return new Vault(committer, random, Observer.none(), Duration.ofSeconds(1));
    }

    /// The store that these lines describe.
    static MemoryDisk imported(String lines) {
        MemoryDisk disk = new MemoryDisk();
        for (String line : lines.lines().toList()) {
            Json.Obj record = JsonText.DEFAULT.parseObject(line.getBytes(StandardCharsets.UTF_8));
            Family family = Family.valueOf(text(record, "family").toUpperCase(Locale.ROOT));
            Base64.Decoder base64 = Base64.getDecoder();
            disk.write(List.of(new Disk.Change.Put(
                    family, base64.decode(text(record, "key")), base64.decode(text(record, "value")))));
        }
        return disk;
    }

    String export() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            StoreExport.write(disk, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    /// Opens the store with its shares and lends it.
    static void unsealed(Vault vault, Secret unsealKey, java.util.function.Consumer<Barrier> work) {
        vault.unseal(1, unsealKey, barrier -> {});
        vault.unsealed(barrier -> {
            work.accept(barrier);
            return true;
        });
    }

    static Secret joined(List<String> shares) {
        List<Share> parsed = shares.stream()
                .map(HexFormat.of()::parseHex)
                .map(Share::takeFrom)
                .toList();
        return Shamir.join(parsed);
    }

    private static String text(Json.Obj record, String name) {
        return ((Json.Str) record.get(name)).value();
    }

    private static List<Secret> split(Secret unsealKey, int shares, int threshold, SecureRandom random) {
        if (shares == 1) {
            return List.of(unsealKey.duplicate());
        }
        return Shamir.split(unsealKey, shares, threshold, random).stream()
                .map(share -> Secret.takeFrom(share.bytes()))
                .toList();
    }

    private static MountTable mounts() {
        return new MountTable(type -> Optional.empty());
    }

    private static Mount mount() {
        return new Mount(
                UUID,
                "secret/",
                "kv",
                "kv_1f0e9d3c",
                Map.of("version", "2"),
                false,
                false,
                MountSettings.plain("example"));
    }
}
