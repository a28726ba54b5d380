// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What stands between the braces of a template.
sealed interface Expression {
    Optional<String> value(Subject subject, Instant now);

    /// An expression that nobody knows has no value, as on every other vault.
    static Expression of(String text) {
        return identity(text).or(() -> clock(text)).orElse(new Unknown());
    }

    record Entity(Function<Subject, Optional<String>> part) implements Expression {
        @Override
        public Optional<String> value(Subject subject, Instant now) {
            return part.apply(subject);
        }
    }

    record OfAlias(String mountAccessor, Function<Subject.Alias, Optional<String>> part) implements Expression {
        @Override
        public Optional<String> value(Subject subject, Instant now) {
            return only(subject.aliases(), alias -> alias.mountAccessor().equals(mountAccessor))
                    .flatMap(part);
        }
    }

    record OfGroup(Predicate<Subject.Group> which, Function<Subject.Group, Optional<String>> part)
            implements Expression {
        @Override
        public Optional<String> value(Subject subject, Instant now) {
            return only(subject.groups(), which).flatMap(part);
        }
    }

    record Clock(Duration offset) implements Expression {
        @Override
        public Optional<String> value(Subject subject, Instant now) {
            return Optional.of(Long.toString(now.plus(offset).getEpochSecond()));
        }
    }

    record Unknown() implements Expression {
        @Override
        public Optional<String> value(Subject subject, Instant now) {
            return Optional.empty();
        }
    }

    private static Optional<Expression> identity(String text) {
        if (text.startsWith("identity.entity.aliases.")) {
            return named(text.substring("identity.entity.aliases.".length()), Expression::alias);
        }
        if (text.startsWith("identity.groups.ids.")) {
            return named(
                    text.substring("identity.groups.ids.".length()),
                    (id, part) -> group(group -> group.id().equals(id), part));
        }
        if (text.startsWith("identity.groups.names.")) {
            return named(
                    text.substring("identity.groups.names.".length()),
                    (name, part) -> group(group -> group.name().equals(name), part));
        }
        return text.startsWith("identity.entity.")
                ? entity(text.substring("identity.entity.".length()))
                : Optional.empty();
    }

    private static Optional<Expression> entity(String part) {
        return switch (part) {
            case "id" -> Optional.of(new Entity(subject -> Optional.of(subject.entityId())));
            case "name" -> Optional.of(new Entity(subject -> Optional.of(subject.entityName())));
            default ->
                key(part, "metadata.")
                        .map(key -> new Entity(subject ->
                                Optional.ofNullable(subject.metadata().get(key))));
        };
    }

    private static Optional<Expression> alias(String accessor, String part) {
        return switch (part) {
            case "id" -> Optional.of(new OfAlias(accessor, alias -> Optional.of(alias.id())));
            case "name" -> Optional.of(new OfAlias(accessor, alias -> Optional.of(alias.name())));
            default ->
                key(part, "metadata.")
                        .map(key -> of(accessor, Subject.Alias::metadata, key))
                        .or(() -> key(part, "custom_metadata.")
                                .map(key -> of(accessor, Subject.Alias::customMetadata, key)));
        };
    }

    private static Expression of(String accessor, Function<Subject.Alias, Map<String, String>> values, String key) {
        return new OfAlias(
                accessor, alias -> Optional.ofNullable(values.apply(alias).get(key)));
    }

    private static Optional<Expression> group(Predicate<Subject.Group> which, String part) {
        return switch (part) {
            case "id" -> Optional.of(new OfGroup(which, group -> Optional.of(group.id())));
            case "name" -> Optional.of(new OfGroup(which, group -> Optional.of(group.name())));
            default ->
                key(part, "metadata.")
                        .map(key -> new OfGroup(
                                which,
                                group -> Optional.ofNullable(group.metadata().get(key))));
        };
    }

    private static Optional<Expression> clock(String text) {
        if (text.equals("time.now")) {
            return Optional.of(new Clock(Duration.ZERO));
        }
        return key(text, "time.now.plus.")
                .flatMap(Expression::length)
                .or(() ->
                        key(text, "time.now.minus.").flatMap(Expression::length).map(Duration::negated))
                .map(Clock::new);
    }

    private static Optional<Duration> length(String text) {
        return Durations.parse(text).filter(length -> !length.isNegative());
    }

    private static Optional<String> key(String text, String before) {
        return text.startsWith(before) && text.length() > before.length()
                ? Optional.of(text.substring(before.length()))
                : Optional.empty();
    }

    /// A name up to the first point, and the part that is asked of what has it.
    private static Optional<Expression> named(String text, Named of) {
        int point = text.indexOf('.');
        return point <= 0 ? Optional.empty() : of.part(text.substring(0, point), text.substring(point + 1));
    }

    private static <T> Optional<T> only(List<T> all, Predicate<T> which) {
        List<T> found = all.stream().filter(which).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    interface Named {
        Optional<Expression> part(String name, String part);
    }
}
