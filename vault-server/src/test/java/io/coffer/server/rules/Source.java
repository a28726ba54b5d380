// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// One Java file of the repository, parsed by the compiler but not resolved.
///
/// @param path from the root of the repository, with slashes
record Source(String path, String text, CompilationUnitTree unit, SourcePositions positions) {
    static final Path ROOT = root();
    static final List<Source> ALL = readAll();

    static Stream<Source> main() {
        return ALL.stream().filter(source -> source.path.contains("/src/main/"));
    }

    String packageName() {
        return unit.getPackageName().toString();
    }

    List<String> lines() {
        return text.lines().toList();
    }

    /// The line, from 1, that a place in the tree begins on.
    long line(Tree tree) {
        return lineAt(positions.getStartPosition(unit, tree));
    }

    long lastLine(Tree tree) {
        return lineAt(positions.getEndPosition(unit, tree));
    }

    private long lineAt(long position) {
        return unit.getLineMap().getLineNumber(position);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("vault-core")) || !Files.isDirectory(folder.resolve("scripts"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run the tests inside the repository");
            }
        }
        return folder;
    }

    private static List<Source> readAll() {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("vault-core", "vault-storage", "vault-server")) {
            try (Stream<Path> found = Files.walk(ROOT.resolve(module).resolve("src"))) {
                found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return parse(files);
    }

    private static List<Source> parse(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        List<Source> sources = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = Path.of(unit.getSourceFile().toUri());
                String path = ROOT.relativize(file).toString().replace('\\', '/');
                sources.add(new Source(path, Files.readString(file), unit, positions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(sources);
    }
}
