// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.util.List;

/// Reads `storage` and `seal` stanzas: what decides where data and keys lie.
final class StorageReader {
    private static final List<String> OF_OTHERS = List.of(
            "raft",
            "file",
            "postgresql",
            "inmem_ha",
            "consul",
            "etcd",
            "mysql",
            "s3",
            "gcs",
            "azure",
            "dynamodb",
            "zookeeper",
            "cassandra",
            "mssql",
            "couchdb",
            "foundationdb",
            "spanner",
            "swift",
            "oci",
            "cockroachdb",
            "alicloudoss",
            "aerospike",
            "manta");

    private StorageReader() {}

    static StorageConfig storage(Section.Stanza stanza) {
        String type = stanza.label(0);
        return switch (type) {
            case "rocksdb" -> {
                Section section = stanza.with(KnownKeys.ROCKSDB);
                yield new StorageConfig.RocksDb(section.path("path")
                        .orElseThrow(() -> stanza.error("path is missing from storage; name the data directory")));
            }
            case "inmem" -> {
                stanza.with(KnownKeys.NOTHING);
                stanza.warnings().add(stanza.place(), "storage is in memory; nothing survives a stop");
                yield new StorageConfig.InMemory();
            }
            default -> throw stanza.error(refusal(type));
        };
    }

    private static String refusal(String type) {
        String remedy = "; use storage \"rocksdb\" { path = \"…\" }";
        return OF_OTHERS.contains(type)
                ? "storage type " + Names.shown(type) + " is not supported" + remedy
                : "unknown storage type " + Names.shown(type) + Suggestion.of(type, List.of("rocksdb", "inmem"))
                        + remedy;
    }

    /// There is one kind of seal, so this only refuses all others.
    static SealType seal(Section.Stanza stanza) {
        if (!stanza.label(0).equals("shamir")) {
            throw stanza.error("seal type " + Names.shown(stanza.label(0))
                    + " is not supported; leave the stanza out, and shares unseal the vault");
        }
        stanza.with(KnownKeys.NOTHING);
        return SealType.SHAMIR;
    }
}
