// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a source names of other packages: by an import, or in full where it is used.
///
/// @param types full names, those of static members and of whole packages (`a.b.*`) as they are written
/// @param made simple names of the classes that it makes instances of
record Names(Set<String> types, Set<String> made) {
    private static final Pattern FULL =
            Pattern.compile("(io|com|org|java|javax|ch|info|sun|jdk)(\\.[a-z][a-z0-9_]*)*\\.[A-Z].*");

    static Names of(Source source) {
        Names names = new Names(new TreeSet<>(), new HashSet<>());
        source.unit().accept(new Scanner(names), null);
        return names;
    }

    /// The package of a full name: everything before the first segment with a capital.
    static String packageOf(String name) {
        StringBuilder found = new StringBuilder();
        for (String segment : name.split("\\.", -1)) {
            if (segment.equals("*") || Character.isUpperCase(segment.charAt(0))) {
                break;
            }
            found.append(found.isEmpty() ? "" : ".").append(segment);
        }
        return found.toString();
    }

    private static final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Names names;

        Scanner(Names names) {
            this.names = names;
        }

        @Override
        public @Nullable Void visitPackage(PackageTree tree, @Nullable Void none) {
            return null;
        }

        @Override
        public @Nullable Void visitImport(ImportTree tree, @Nullable Void none) {
            names.types.add(tree.getQualifiedIdentifier().toString());
            return null;
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
            String text = tree.toString();
            if (FULL.matcher(text).matches() && !text.contains("(")) {
                names.types.add(text);
                return null;
            }
            return super.visitMemberSelect(tree, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void none) {
            String name = tree.getIdentifier().toString();
            names.made.add(name.substring(name.lastIndexOf('.') + 1));
            return super.visitNewClass(tree, null);
        }
    }
}
