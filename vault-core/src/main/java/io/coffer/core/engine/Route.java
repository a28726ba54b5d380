// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Operation;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.util.List;
import java.util.Optional;

/// One operation on one form of path: data from which routing, coercion, warnings, help and the capability
/// to ask for are read.
///
/// @param openFields whether the body is the engine's own and no field of it is unknown
/// @param existence tells whether the target is there, where creating and updating are different rights
public record Route(
        PathPattern pattern,
        Operation operation,
        Access access,
        Shape shape,
        List<Field> fields,
        boolean openFields,
        Optional<Existence> existence,
        Handler handler,
        String help,
        Answers answers) {

    /// What is said of a route in the reference of the API; only paths of our own say it.
    ///
    /// @param good what a good answer has
    /// @param refusals the status and text of each answer that this route alone refuses with
    public record Answers(String good, List<String> refusals) {
        static final Answers UNTOLD = new Answers("", List.of());

        public Answers {
            refusals = List.copyOf(refusals);
        }
    }

    public Route {
        fields = List.copyOf(fields);
        if (help.isEmpty()) {
            throw new IllegalArgumentException("a route has a help text");
        }
    }

    /// Whether what a write would change is there already.
    public interface Existence {
        boolean exists(Call call, Reader<Plaintext> reader);
    }

    public static Route reads(String pattern, Operation operation, String help, Handler.Read work) {
        return plain(pattern, operation, help, new Handler.Reads(work));
    }

    public static Route writes(String pattern, Operation operation, String help, Handler.Write work) {
        return plain(pattern, operation, help, new Handler.Writes(work));
    }

    public static Route prepared(String pattern, Operation operation, String help, Handler.Look work) {
        return plain(pattern, operation, help, new Handler.Prepared(work));
    }

    public static Route surveys(String pattern, Operation operation, String help, Handler.Survey work) {
        return plain(pattern, operation, help, new Handler.Surveys(work));
    }

    public static Route governs(String pattern, Operation operation, String help, Handler.Govern work) {
        return plain(pattern, operation, help, new Handler.Governs(work));
    }

    public static Route acts(String pattern, Operation operation, String help, Handler.Act work) {
        return plain(pattern, operation, help, new Handler.Acts(work));
    }

    public static Route steps(String pattern, Operation operation, String help, Handler.Step work) {
        return plain(pattern, operation, help, new Handler.Steps(work));
    }

    public Route with(Field... added) {
        return new Route(
                pattern, operation, access, shape, List.of(added), openFields, existence, handler, help, answers);
    }

    public Route access(Access allowed) {
        return new Route(pattern, operation, allowed, shape, fields, openFields, existence, handler, help, answers);
    }

    public Route shape(Shape other) {
        return new Route(pattern, operation, access, other, fields, openFields, existence, handler, help, answers);
    }

    public Route withOpenFields() {
        return new Route(pattern, operation, access, shape, fields, true, existence, handler, help, answers);
    }

    public Route creates(Existence check) {
        return new Route(
                pattern, operation, access, shape, fields, openFields, Optional.of(check), handler, help, answers);
    }

    /// Says for the reference what a good answer has and which refusals are this route's own.
    public Route answering(String good, String... refusals) {
        return new Route(
                pattern,
                operation,
                access,
                shape,
                fields,
                openFields,
                existence,
                handler,
                help,
                new Answers(good, List.of(refusals)));
    }

    /// The field that a member of a body, or a parameter of a query, names. Bare routes take names in any
    /// case of letters, as clients of old send them; an exact name comes first.
    public Optional<Field> field(String name) {
        Optional<Field> exact =
                fields.stream().filter(field -> field.name().equals(name)).findFirst();
        return exact.isPresent() || shape != Shape.RAW
                ? exact
                : fields.stream()
                        .filter(field -> field.name().equalsIgnoreCase(name))
                        .findFirst();
    }

    private static Route plain(String pattern, Operation operation, String help, Handler handler) {
        return new Route(
                PathPattern.of(pattern),
                operation,
                Access.TOKEN,
                Shape.ENVELOPE,
                List.of(),
                false,
                Optional.empty(),
                handler,
                help,
                Answers.UNTOLD);
    }
}
