// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.Durations;
import io.coffer.core.Timestamps;
import io.coffer.core.request.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What may stand for what: text, numbers and flags for one another, one value for a list of one, a text
/// with commas for a list. Reasons of refusal name what is wanted, never what was given.
final class Weak {
    private static final Absent ABSENT = new Absent();
    private static final int LONGEST_NUMBER = 20;

    private Weak() {}

    sealed interface Outcome {}

    /// @param value in the form that {@code Values} promises for the type
    record Fits(Json value) implements Outcome {}

    record Absent() implements Outcome {}

    record Misfit(String reason) implements Outcome {}

    static Outcome convert(Field.Type type, Json raw) {
        if (raw instanceof Json.Null) {
            return ABSENT;
        }
        return switch (type) {
            case TEXT -> fits(text(raw).map(Json::of), "text is expected");
            case NUMBER -> fits(number(raw).map(Json::of), "a whole number is expected");
            case LIMIT ->
                fits(limit(raw).map(Json::of), "a whole number that is not negative, or \"max\", is expected");
            case FLAG -> fits(flag(raw).map(Json::of), "true or false is expected");
            case DURATION -> duration(raw, false);
            case SIGNED_DURATION -> duration(raw, true);
            case TIME -> time(raw);
            case TEXTS ->
                fits(list(raw, Weak::text).map(Json::of), "a list of texts, or a text with commas, is expected");
            case NUMBERS -> fits(numbers(raw), "a list of whole numbers, or a text with commas, is expected");
            case OBJECT -> fits(object(raw), "an object is expected");
            case TEXT_MAP -> fits(textMap(raw), "an object of texts, or a list of key=value texts, is expected");
            case ANY -> new Fits(raw);
            case SECRET -> new Misfit("text is expected");
        };
    }

    /// A whole number, written as a number or as text; empty text is 0.
    static Optional<Long> number(Json raw) {
        return switch (raw) {
            case Json.Num(var text) -> wholeNumber(text);
            case Json.Str(var text) -> text.isEmpty() ? Optional.of(0L) : wholeNumber(text);
            case Json.Bool(var value) -> Optional.of(value ? 1L : 0L);
            case Json.Obj no -> Optional.empty();
            case Json.Arr no -> Optional.empty();
            case Json.Null no -> Optional.empty();
            case Json.Raw no -> Optional.empty();
        };
    }

    static Optional<String> text(Json raw) {
        return switch (raw) {
            case Json.Str(var text) -> Optional.of(text);
            case Json.Num(var text) -> Optional.of(text);
            case Json.Bool(var value) -> Optional.of(value ? "1" : "0");
            case Json.Obj no -> Optional.empty();
            case Json.Arr no -> Optional.empty();
            case Json.Null no -> Optional.empty();
            case Json.Raw no -> Optional.empty();
        };
    }

    private static Optional<Boolean> flag(Json raw) {
        return text(raw).flatMap(text -> switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False", "" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    private static Optional<Long> limit(Json raw) {
        return raw instanceof Json.Str(var text) && text.equals("max")
                ? Optional.of(0L)
                : number(raw).filter(limit -> limit >= 0);
    }

    private static Outcome duration(Json raw, boolean signed) {
        Optional<Duration> length =
                raw instanceof Json.Bool ? Optional.empty() : text(raw).flatMap(Durations::parse);
        if (length.isEmpty()) {
            return new Misfit("a duration as 90, \"1h30m\" or \"7d\" is expected");
        }
        if (length.get().isNegative() && !signed) {
            return new Misfit("cannot provide negative value");
        }
        return new Fits(Json.of(
                length.get().isNegative()
                        ? -length.get().negated().toSeconds()
                        : length.get().toSeconds()));
    }

    private static Outcome time(Json raw) {
        Optional<String> text = raw instanceof Json.Bool ? Optional.empty() : text(raw);
        if (text.isPresent() && text.get().isEmpty()) {
            return ABSENT;
        }
        return fits(
                text.flatMap(Weak::moment).map(moment -> Json.of(Timestamps.format(moment))),
                "a time in RFC 3339, or seconds since 1970, is expected");
    }

    private static Optional<Instant> moment(String text) {
        Optional<Instant> written = Timestamps.parse(text);
        return written.isPresent() ? written : wholeNumber(text).flatMap(Weak::moment);
    }

    private static Optional<Instant> moment(long seconds) {
        try {
            Instant moment = Instant.ofEpochSecond(seconds);
            return moment.isBefore(Instant.parse("9999-12-31T23:59:59Z")) && !moment.isBefore(Instant.EPOCH)
                    ? Optional.of(moment)
                    : Optional.empty();
        } catch (DateTimeException beyond) {
            return Optional.empty();
        }
    }

    private static Optional<Json> numbers(Json raw) {
        return list(raw, Weak::number)
                .map(numbers ->
                        new Json.Arr(numbers.stream().<Json>map(Json::of).toList()));
    }

    /// The items of a list, of a text with commas, or the one value. Around an item's text there are no
    /// spaces, and between two commas an item.
    private static <T> Optional<List<T>> list(Json raw, Function<Json, Optional<T>> item) {
        List<Json> items =
                switch (raw) {
                    case Json.Arr(var several) ->
                        several.stream().map(Weak::trimmed).toList();
                    case Json.Str(var text) ->
                        Arrays.stream(text.split(","))
                                .map(String::strip)
                                .filter(part -> !part.isEmpty())
                                .<Json>map(Json.Str::new)
                                .toList();
                    case Json.Num one -> List.of(one);
                    case Json.Bool one -> List.of(one);
                    case Json.Obj one -> List.of(one);
                    case Json.Null none -> List.of();
                    case Json.Raw one -> List.of(one);
                };
        List<T> converted = new ArrayList<>();
        for (Json each : items) {
            Optional<T> value = item.apply(each);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            converted.add(value.get());
        }
        return Optional.of(converted);
    }

    private static Json trimmed(Json item) {
        return item instanceof Json.Str(var text) ? new Json.Str(text.strip()) : item;
    }

    /// An empty list stands for an empty object: some languages cannot tell them apart.
    private static Optional<Json.Obj> object(Json raw) {
        return switch (raw) {
            case Json.Obj object -> Optional.of(object);
            case Json.Arr(var items) when items.isEmpty() -> Optional.of(Json.EMPTY);
            case Json.Arr no -> Optional.empty();
            case Json.Str no -> Optional.empty();
            case Json.Num no -> Optional.empty();
            case Json.Bool no -> Optional.empty();
            case Json.Null no -> Optional.empty();
            case Json.Raw no -> Optional.empty();
        };
    }

    /// Members that are null are not there; of two pairs with one key the later counts.
    private static Optional<Json.Obj> textMap(Json raw) {
        Map<String, Json> texts = new LinkedHashMap<>();
        if (raw instanceof Json.Obj(var members)) {
            for (Map.Entry<String, Json> member : members.entrySet()) {
                Optional<String> text = text(member.getValue());
                if (text.isPresent()) {
                    texts.put(member.getKey(), new Json.Str(text.get()));
                } else if (!(member.getValue() instanceof Json.Null)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Json.Obj(texts));
        }
        List<Json> pairs = raw instanceof Json.Arr(var items) ? items : List.of(raw);
        for (Json pair : pairs) {
            int equals = pair instanceof Json.Str(var text) ? text.indexOf('=') : -1;
            if (equals <= 0) {
                return Optional.empty();
            }
            String text = ((Json.Str) pair).value();
            texts.put(text.substring(0, equals), new Json.Str(text.substring(equals + 1)));
        }
        return Optional.of(new Json.Obj(texts));
    }

    /// Decimal digits with a sign and without zeros before them; `5.0` and `1e1` are no whole numbers.
    private static Optional<Long> wholeNumber(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean digits = text.length() > start
                && text.length() <= LONGEST_NUMBER
                && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == start + 1 || text.charAt(start) != '0');
        try {
            return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException beyond) {
            return Optional.empty();
        }
    }

    private static Outcome fits(Optional<? extends Json> value, String otherwise) {
        return value.<Outcome>map(Fits::new).orElseGet(() -> new Misfit(otherwise));
    }
}
