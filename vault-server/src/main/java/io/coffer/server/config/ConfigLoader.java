// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.engine.LoginSettings.Lockout;
import io.coffer.core.hcl.Body;
import io.coffer.core.hcl.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one configuration of files, environment and flags. Files are merged in their order: of a setting
/// and of the storage the last one counts, listeners and audit devices add up.
///
/// Every error is a {@link ConfigException} and names the file and line, the variable or the flag.
public final class ConfigLoader {
    private static final String NO_PATH = "Must specify at least one config path using -config";

    private final Environment environment;
    private final LogFlags flags;

    public ConfigLoader(Map<String, String> environment, LogFlags flags) {
        this.environment = new Environment(environment);
        this.flags = flags;
    }

    /// @param paths files and directories; none at all is allowed if `BAO_CONFIG_PATH` names one
    public Loaded load(List<Path> paths) {
        List<SourceFile> files = SourceFile.readAll(orFromEnvironment(paths));
        if (files.isEmpty()) {
            throw new ConfigException(NO_PATH);
        }
        Warnings warnings = new Warnings();
        Section top = Section.top(files, KnownKeys.TOP, warnings);
        TopReader reader = new TopReader(top, environment, flags);
        List<ListenerConfig> listeners = listeners(top, reader);
        if (listeners.isEmpty()) {
            throw ConfigException.at(
                    top.place(), "there is no listener; add listener \"tcp\" { address = \"127.0.0.1:8200\" … }");
        }
        StorageConfig storage = storage(top, warnings)
                .orElseThrow(() -> ConfigException.at(
                        top.place(), "there is no storage; add storage \"rocksdb\" { path = \"…\" }"));
        return loaded(top, reader, listeners, storage, reader.node(), warnings);
    }

    /// Development mode: on this listener and those of the files, if there are any, and in memory.
    public Loaded dev(ListenerConfig.Tcp listener, List<Path> paths) {
        List<SourceFile> files = new ArrayList<>(SourceFile.readAll(paths));
        if (files.isEmpty()) {
            files.add(new SourceFile("-dev", new Body(List.of(), new Position(1, 1))));
        }
        Warnings warnings = new Warnings();
        Section top = Section.top(files, KnownKeys.TOP, warnings);
        TopReader reader = new TopReader(top, environment, flags);
        if (!storages(top).isEmpty()) {
            throw storages(top).getFirst().error("storage: -dev keeps everything in memory; leave the stanza out");
        }
        List<ListenerConfig> listeners = new ArrayList<>(List.of(listener));
        listeners.addAll(listeners(top, reader));
        if (listener.plain() && !listener.local()) {
            warnings.add("-dev", "plain HTTP, and not on loopback: others can read everything");
        }
        return loaded(
                top,
                reader,
                listeners,
                new StorageConfig.InMemory(),
                reader.node().forDev(),
                warnings);
    }

    private List<Path> orFromEnvironment(List<Path> paths) {
        String path = environment.variables().getOrDefault("BAO_CONFIG_PATH", "");
        return paths.isEmpty() && !path.isEmpty() ? List.of(Path.of(path)) : paths;
    }

    private static List<ListenerConfig> listeners(Section top, TopReader reader) {
        ListenerReader listenerReader = new ListenerReader(reader.maxRequestDuration());
        List<ListenerConfig> listeners = new ArrayList<>();
        for (Section.Stanza stanza : top.stanzas(1, "listener")) {
            ListenerConfig listener = listenerReader.read(stanza);
            if (listeners.stream().anyMatch(other -> ServerConfig.clash(listener, other))) {
                throw stanza.error("listener: another one has this address");
            }
            listeners.add(listener);
        }
        return listeners;
    }

    private static List<Section.Stanza> storages(Section top) {
        return top.stanzas(1, "storage", "backend");
    }

    /// One file has one storage; of several files the last one's counts, which nobody should miss.
    private static Optional<StorageConfig> storage(Section top, Warnings warnings) {
        Optional<Section.Stanza> last = Optional.empty();
        for (Section.Stanza stanza : storages(top)) {
            if (last.isPresent()) {
                Section.Stanza before = last.get();
                if (before.file().equals(stanza.file())) {
                    throw stanza.error("storage: stands twice; leave one of them out");
                }
                warnings.add(stanza.place(), "this storage replaces the one at " + before.place());
            }
            last = Optional.of(stanza);
        }
        return last.map(StorageReader::storage);
    }

    private static SealType seal(Section top) {
        List<Section.Stanza> stanzas = top.stanzas(1, "seal");
        stanzas.forEach(StorageReader::seal);
        if (stanzas.size() > 1) {
            throw stanzas.get(1).error("seal: stands twice; leave one of them out");
        }
        return SealType.SHAMIR;
    }

    private static Loaded loaded(
            Section top,
            TopReader reader,
            List<ListenerConfig> listeners,
            StorageConfig storage,
            NodeConfig node,
            Warnings warnings) {
        SealType seal = seal(top);
        List<AuditConfig> audits = new AuditReader(top.path("audit_directory")).readAll(top.stanzas(2, "audit"));
        LeaseConfig leases = reader.leases();
        Map<String, Lockout> lockouts = reader.lockouts();
        LogConfig log = reader.log();
        RequestLimits limits = reader.limits();
        CeremonyConfig ceremonies = reader.ceremonies();
        KeyConfig keys = reader.keys();
        ServerConfig config = top.make(() -> new ServerConfig(
                listeners, storage, seal, audits, leases, lockouts, log, limits, ceremonies, keys, node));
        return new Loaded(config, warnings.texts());
    }
}
