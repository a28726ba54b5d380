// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.hcl.Body;
import io.coffer.core.hcl.Hcl;
import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.HclLimits;
import io.coffer.core.hcl.Position;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// One file of the configuration, read.
///
/// @param name as the person wrote it, for messages
record SourceFile(String name, Body body) {
    /// How many files all paths together may give.
    static final int MAX_FILES = 256;

    SourceFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
    }

    String place(Position position) {
        return name + ":" + position.line();
    }

    /// The files that the paths name, in their order; of a directory those that end in `.hcl` or `.json`,
    /// by name, and none of its sub-directories.
    static List<SourceFile> readAll(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            files.addAll(Files.isDirectory(path) ? filesIn(path) : List.of(path));
            if (files.size() > MAX_FILES) {
                throw ConfigException.at(path.toString(), "more than " + MAX_FILES + " configuration files");
            }
        }
        return files.stream().map(SourceFile::read).toList();
    }

    private static List<Path> filesIn(Path directory) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(SourceFile::isConfiguration).sorted().toList();
        } catch (IOException unreadable) {
            throw ConfigException.at(directory.toString(), "this directory cannot be read");
        }
        if (files.isEmpty()) {
            throw ConfigException.at(directory.toString(), "this directory holds no file that ends in .hcl or .json");
        }
        return files;
    }

    private static boolean isConfiguration(Path path) {
        String name = path.toString();
        return (name.endsWith(".hcl") || name.endsWith(".json")) && !Files.isDirectory(path);
    }

    private static SourceFile read(Path path) {
        String name = path.toString();
        if (!Files.exists(path)) {
            throw ConfigException.at(name, "there is no such file or directory");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(HclLimits.DEFAULT.bytes() + 1);
        } catch (IOException unreadable) {
            throw ConfigException.at(name, "this file cannot be read; check its owner and mode");
        }
        try {
            return new SourceFile(name, Hcl.parse(content, HclLimits.DEFAULT));
        } catch (HclException refusal) {
            throw ConfigException.of(name, refusal);
        }
    }
}
