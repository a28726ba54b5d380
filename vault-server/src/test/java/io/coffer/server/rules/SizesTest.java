// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A file and a method fit in the head. Where one is better longer, a comment `// Size: REASON` in the file says why.
class SizesTest {
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 40;
    private static final Pattern REASON = Pattern.compile("(?m)^\\s*// Size: \\S.{9,}$");

    @Test
    void noFileIsLongerThan300Lines() {
        assertThat(Source.ALL.stream()
                        .filter(source -> !excused(source))
                        .filter(source -> source.lines().size() > FILE_LINES)
                        .map(source -> source.path() + ": " + source.lines().size()))
                .isEmpty();
    }

    @Test
    void noMethodIsLongerThan40Lines() {
        List<String> found = new ArrayList<>();
        Source.ALL.stream().filter(source -> !excused(source)).forEach(source -> source.unit()
                .accept(new LongMethods(source, found), null));
        assertThat(found).isEmpty();
    }

    private static boolean excused(Source source) {
        return REASON.matcher(source.text()).find();
    }

    /// Annotations do not count: they are often as long as what they stand before.
    private static final class LongMethods extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final Source source;
        private final List<String> found;

        LongMethods(Source source, List<String> found) {
            this.source = source;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            var annotations = method.getModifiers().getAnnotations();
            long first = annotations.isEmpty() ? source.line(method) : source.lastLine(annotations.getLast()) + 1;
            long lines = source.lastLine(method) - first + 1;
            if (lines > METHOD_LINES) {
                found.add(source.path() + ":" + first + " " + method.getName() + ": " + lines + " lines");
            }
            return super.visitMethod(method, null);
        }
    }
}
