// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import io.coffer.core.audit.AuditDevice;
import io.coffer.core.audit.AuditOptions;
import io.coffer.server.config.AuditConfig;
import io.coffer.server.config.ConfigException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The audit devices of the configuration, open for as long as the process runs.
public final class AuditSinks implements AutoCloseable {
    private final List<FileSink> sinks;

    private AuditSinks(List<FileSink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    /// Opens all of them.
    ///
    /// @throws ConfigException if one does not open, naming it; none stays open then
    public static AuditSinks open(List<AuditConfig> configs, SinkLimits limits) {
        List<FileSink> sinks = new ArrayList<>();
        try {
            for (AuditConfig config : configs) {
                sinks.add(FileSink.start(config.name(), options(config), target(config.target()), limits));
            }
        } catch (IOException | RuntimeException failed) {
            sinks.forEach(FileSink::close);
            String which = configs.get(sinks.size()).name();
            throw new ConfigException("audit device " + which + " does not open: " + reason(failed));
        }
        return new AuditSinks(sinks);
    }

    /// In the order of the configuration.
    public List<AuditDevice> devices() {
        return List.copyOf(sinks);
    }

    /// Writes what was handed over and closes all of them.
    @Override
    public void close() {
        sinks.forEach(FileSink::close);
    }

    private static AuditOptions options(AuditConfig config) {
        return new AuditOptions(config.logRaw(), config.hmacAccessor());
    }

    private static Target target(AuditConfig.Target target) {
        return switch (target) {
            case AuditConfig.Target.File(var path) -> new AuditFile(path);
            case AuditConfig.Target.Stdout() -> Target.standardOutput();
        };
    }

    private static String reason(Exception failed) {
        return failed instanceof java.nio.file.AccessDeniedException denied
                ? "no permission for " + denied.getFile()
                : String.valueOf(failed.getMessage());
    }
}
