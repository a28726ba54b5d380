// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.engine.LoginSettings.Lockout;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// All that the daemon is told from outside, checked. It holds no secret.
///
/// @param lockouts what locks somebody out of a login method, by its type
public record ServerConfig(
        List<ListenerConfig> listeners,
        StorageConfig storage,
        SealType seal,
        List<AuditConfig> audits,
        LeaseConfig leases,
        Map<String, Lockout> lockouts,
        LogConfig log,
        RequestLimits limits,
        CeremonyConfig ceremonies,
        KeyConfig keys,
        NodeConfig node) {
    /// More than a machine has uses for.
    public static final int MAX_LISTENERS = 16;

    public ServerConfig {
        listeners = List.copyOf(listeners);
        audits = List.copyOf(audits);
        lockouts = Map.copyOf(lockouts);
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(seal, "seal");
        Objects.requireNonNull(leases, "leases");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(ceremonies, "ceremonies");
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(node, "node");
        if (listeners.isEmpty() || listeners.size() > MAX_LISTENERS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_LISTENERS + " listeners");
        }
        if (audits.size() > AuditConfig.MAX_DEVICES) {
            throw new IllegalArgumentException("expected at most " + AuditConfig.MAX_DEVICES + " audit devices");
        }
        checkDistinct(listeners, audits);
    }

    /// For trying things out: in memory, over plain HTTP, anonymous callers may start ceremonies, and
    /// memory that cannot be locked is no obstacle.
    public static ServerConfig dev(HostPort address) {
        return dev(ListenerConfig.Tcp.dev(address, Optional.empty()));
    }

    /// The same on a listener made by {@link ListenerConfig.Tcp#dev}.
    public static ServerConfig dev(ListenerConfig.Tcp listener) {
        return new ServerConfig(
                List.of(listener),
                new StorageConfig.InMemory(),
                SealType.SHAMIR,
                List.of(),
                LeaseConfig.DEFAULT,
                Map.of(),
                LogConfig.DEFAULT,
                RequestLimits.DEFAULT,
                CeremonyConfig.DEFAULT,
                KeyConfig.DEFAULT,
                NodeConfig.DEFAULT.forDev());
    }

    private static void checkDistinct(List<ListenerConfig> listeners, List<AuditConfig> audits) {
        for (int i = 0; i < listeners.size(); i++) {
            for (ListenerConfig later : listeners.subList(i + 1, listeners.size())) {
                if (clash(listeners.get(i), later)) {
                    throw new IllegalArgumentException("two listeners have one address");
                }
            }
        }
        if (audits.stream().map(AuditConfig::name).distinct().count() < audits.size()) {
            throw new IllegalArgumentException("two audit devices have one name");
        }
    }

    /// Whether the second of them could not be bound.
    static boolean clash(ListenerConfig one, ListenerConfig other) {
        return switch (one) {
            case ListenerConfig.Tcp tcp ->
                other instanceof ListenerConfig.Tcp second
                        && tcp.address().port() != 0
                        && tcp.address().equals(second.address());
            case ListenerConfig.Unix unix ->
                other instanceof ListenerConfig.Unix second && unix.path().equals(second.path());
        };
    }
}
