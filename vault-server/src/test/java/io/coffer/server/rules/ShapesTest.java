// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How a class may look: what it knows, what it is called.
class ShapesTest {
    private static final int COLLABORATORS = 5;

    /// Names that say that a thing is an implementation, or that it does everything, and not what it does.
    private static final Pattern EMPTY_NAMES =
            Pattern.compile(".*(Impl|Manager|Utils?|Helper)|(Abstract|Default|Base)[A-Z].*");

    /// Things of the JDK that do something, so that they count as collaborators.
    private static final Set<String> ACTIVE = Set.of(
            "Executor",
            "ExecutorService",
            "ScheduledExecutorService",
            "SecureRandom",
            "ThreadFactory",
            "Consumer",
            "Supplier",
            "Function",
            "BiFunction",
            "Runnable");

    /// A collaborator is a parameter whose type does something: one of our classes or interfaces that is
    /// not a record and not an enum, or one of the JDK's that acts. Records and what they hold are data.
    @Test
    void noConstructorTakesMoreThanFiveCollaborators() {
        Set<String> active = new HashSet<>(ACTIVE);
        eachClass(Source.main().toList(), found -> {
            if (found.tree().getKind() == Tree.Kind.CLASS || found.tree().getKind() == Tree.Kind.INTERFACE) {
                active.add(found.tree().getSimpleName().toString());
            }
        });
        List<String> offences = new ArrayList<>();
        eachClass(Source.main().toList(), found -> {
            if (found.tree().getKind() == Tree.Kind.CLASS) {
                constructors(found.tree()).stream()
                        .filter(constructor -> collaborators(constructor, active) > COLLABORATORS)
                        .forEach(constructor -> offences.add(found.place() + ": " + constructor.getParameters()));
            }
        });
        assertThat(offences).isEmpty();
    }

    @Test
    void aCallKeepsItsFiveFields() {
        List<String> fields = new ArrayList<>();
        eachClass(Source.main().toList(), found -> {
            if (found.source().path().endsWith("io/coffer/core/engine/Call.java")) {
                found.tree().getMembers().stream()
                        .filter(member -> member instanceof VariableTree variable
                                && !variable.getModifiers().getFlags().contains(Modifier.STATIC))
                        .forEach(member ->
                                fields.add(((VariableTree) member).getName().toString()));
            }
        });
        assertThat(fields).containsExactly("request", "caller", "mount", "now", "random");
    }

    @Test
    void aNameSaysWhatAThingDoes() {
        List<String> offences = new ArrayList<>();
        eachClass(Source.ALL, found -> {
            if (EMPTY_NAMES.matcher(found.tree().getSimpleName()).matches()) {
                offences.add(found.place());
            }
        });
        assertThat(offences).isEmpty();
    }

    private record Found(Source source, ClassTree tree) {
        String place() {
            return source.path() + " " + tree.getSimpleName();
        }
    }

    private static void eachClass(List<Source> sources, Consumer<Found> visitor) {
        for (Source source : sources) {
            source.unit()
                    .accept(
                            new TreeScanner<@Nullable Void, @Nullable Void>() {
                                @Override
                                public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
                                    visitor.accept(new Found(source, tree));
                                    return super.visitClass(tree, null);
                                }
                            },
                            null);
        }
    }

    private static List<MethodTree> constructors(ClassTree tree) {
        List<MethodTree> constructors = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
            if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
                constructors.add(method);
            }
        }
        return constructors;
    }

    private static long collaborators(MethodTree constructor, Set<String> active) {
        return constructor.getParameters().stream()
                .map(parameter -> parameter.getType().toString().replaceFirst("<.*", ""))
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .filter(active::contains)
                .count();
    }
}
