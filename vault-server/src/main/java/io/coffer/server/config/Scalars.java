// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.Durations;
import io.coffer.core.hcl.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes values in every form that the field takes them in: flags also as text or number, numbers also as
/// text, durations as text or seconds.
final class Scalars {
    private Scalars() {}

    static Optional<String> text(Value value) {
        return value instanceof Value.Text text && !text.text().isEmpty() ? Optional.of(text.text()) : Optional.empty();
    }

    static Optional<Boolean> flag(Value value) {
        return switch (value) {
            case Value.Flag flag -> Optional.of(flag.set());
            case Value.Whole whole -> flag(Long.toString(whole.number()));
            case Value.Text text -> flag(text.text());
            case Value.Decimal decimal -> Optional.empty();
            case Value.Arr list -> Optional.empty();
            case Value.Obj object -> Optional.empty();
        };
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static Optional<Duration> duration(Value value) {
        return switch (value) {
            case Value.Whole whole -> Durations.ofSeconds(whole.number());
            case Value.Text text -> Durations.parse(text.text());
            case Value.Flag flag -> Optional.empty();
            case Value.Decimal decimal -> Optional.empty();
            case Value.Arr list -> Optional.empty();
            case Value.Obj object -> Optional.empty();
        };
    }

    static Optional<Long> whole(Value value) {
        if (value instanceof Value.Whole whole) {
            return Optional.of(whole.number());
        }
        return value instanceof Value.Text text && text.text().matches("-?[0-9]{1,18}")
                ? Optional.of(Long.parseLong(text.text()))
                : Optional.empty();
    }

    static Optional<List<String>> texts(Value value) {
        if (value instanceof Value.Text text) {
            return Optional.of(List.of(text.text()));
        }
        return value instanceof Value.Arr list && list.items().stream().allMatch(Value.Text.class::isInstance)
                ? Optional.of(list.items().stream()
                        .map(item -> ((Value.Text) item).text())
                        .toList())
                : Optional.empty();
    }
}
