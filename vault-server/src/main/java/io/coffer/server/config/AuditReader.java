// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `audit` stanzas.
final class AuditReader {
    private final Optional<Path> directory;

    /// @param directory below which audit files lie, if one is configured
    AuditReader(Optional<Path> directory) {
        this.directory = directory.map(path -> path.toAbsolutePath().normalize());
    }

    List<AuditConfig> readAll(List<Section.Stanza> stanzas) {
        List<AuditConfig> audits = new ArrayList<>();
        for (Section.Stanza stanza : stanzas) {
            AuditConfig audit = read(stanza);
            if (audits.stream().anyMatch(other -> other.name().equals(audit.name()))) {
                throw stanza.error("audit: two devices have this name");
            }
            audits.add(audit);
        }
        return audits;
    }

    private AuditConfig read(Section.Stanza stanza) {
        if (!stanza.label(0).equals("file")) {
            throw stanza.error("audit type " + Names.shown(stanza.label(0)) + " is not supported; there is file");
        }
        Section outer = stanza.with(KnownKeys.AUDIT);
        outer.text("description");
        List<Section.Stanza> options = outer.stanzas(0, "options");
        if (options.size() != 1) {
            throw stanza.error("audit: expected one options { file_path = \"…\" }");
        }
        Section section = options.getFirst().with(KnownKeys.AUDIT_OPTIONS);
        section.choice("mode", AuditReader::mode, "\"0600\"; audit files are for their owner alone");
        boolean raw = section.flag("log_raw").orElse(false);
        if (raw) {
            section.warn("log_raw", "this audit device writes secrets in clear");
        }
        boolean hmacAccessor = section.flag("hmac_accessor").orElse(true);
        AuditConfig.Target target = target(section);
        return outer.make(() -> new AuditConfig(stanza.label(1), target, raw, hmacAccessor));
    }

    private static Optional<String> mode(String text) {
        return text.equals("0600") || text.equals("600") ? Optional.of(text) : Optional.empty();
    }

    private AuditConfig.Target target(Section section) {
        String written = section.text("file_path")
                .orElseThrow(() -> section.error("file_path", "is missing; name a file below audit_directory"));
        if (written.equals("stdout")) {
            return new AuditConfig.Target.Stdout();
        }
        Path below = directory.orElseThrow(() -> section.error(
                "file_path", "needs audit_directory = \"…\" at the top: audit files lie below it and nowhere else"));
        Path path = below.resolve(written);
        if (!path.equals(path.normalize()) || !path.startsWith(below) || path.equals(below)) {
            throw section.error("file_path", "must lie below audit_directory, and have no . or .. in it");
        }
        return new AuditConfig.Target.File(path);
    }
}
