// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.request.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What a token says, once it is known who says it. Reasons of refusal name claims, never what they hold.
record Claims(Json.Obj all) {
    private static final Pattern MOMENT = Pattern.compile("\\d{1,12}(\\.\\d{1,9})?");

    /// A claim by its name, or by the pointer to it: `/a/b`, with `~1` for '/' and `~0` for '~'.
    Optional<Json> get(String name) {
        if (!name.startsWith("/")) {
            return all.has(name) ? Optional.of(all.get(name)) : Optional.empty();
        }
        Json at = all;
        for (String part : name.substring(1).split("/", -1)) {
            String key = part.replace("~1", "/").replace("~0", "~");
            if (at instanceof Json.Obj object && object.has(key)) {
                at = object.get(key);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    Optional<String> text(String name) {
        return get(name).flatMap(Claims::scalar);
    }

    /// A member by its name alone, whatever the name looks like.
    Optional<String> member(String name) {
        return all.has(name) ? scalar(all.get(name)) : Optional.empty();
    }

    /// The texts of a claim that is one text or a list of them; empty if it is absent or something else.
    Optional<List<String>> texts(String name) {
        return get(name).flatMap(Claims::texts);
    }

    /// The texts of a member by its name alone, whatever the name looks like.
    Optional<List<String>> own(String name) {
        return texts(all.get(name));
    }

    /// Why the token is not good at this moment; empty if it is.
    ///
    /// @param leeway the length that stands for a moment that the token does not name, and the error of clocks
    String timeRefusal(Instant now, JwtRole.Leeway leeway) {
        OptionalLong issued = seconds("iat");
        OptionalLong from = seconds("nbf");
        OptionalLong until = seconds("exp");
        Optional<String> odd =
                List.of("iat", "nbf", "exp").stream().filter(this::isOdd).findFirst();
        if (odd.isPresent()) {
            return "invalid " + odd.get() + " claim: it is no number of seconds";
        }
        if (issued.isEmpty() && from.isEmpty() && until.isEmpty()) {
            return "no issued at (iat), not before (nbf), or expiration time (exp) claims in token";
        }
        long end = until.orElseGet(() -> later(issued, from) + leeway.expiration());
        long start = from.orElseGet(() -> issued.orElseGet(() -> end - leeway.notBefore()));
        long moment = now.getEpochSecond();
        if (moment - leeway.skew() >= end) {
            return "invalid expiration time (exp) claim: token is expired";
        }
        if (moment + leeway.skew() < start) {
            return "invalid not before (nbf) claim: token not yet valid";
        }
        return issued.isPresent() && moment + leeway.skew() < issued.getAsLong()
                ? "invalid issued at (iat) claim: token issued in the future"
                : "";
    }

    /// Whether somebody has signed in not longer ago than a role allows.
    boolean isSignedInSince(Instant now, JwtRole.Leeway leeway) {
        OptionalLong at = seconds("auth_time");
        return leeway.maxAge() == 0
                || at.isPresent() && now.getEpochSecond() - leeway.skew() <= at.getAsLong() + leeway.maxAge();
    }

    /// Why the token does not say what a role wants; empty if it does.
    String boundRefusal(Map<String, List<String>> bound, boolean globs) {
        for (Map.Entry<String, List<String>> claim : bound.entrySet()) {
            Optional<List<String>> values = texts(claim.getKey());
            if (values.isEmpty()) {
                return "claim \"" + claim.getKey() + "\" is missing";
            }
            boolean fits = values.get().stream().anyMatch(value -> claim.getValue().stream()
                    .anyMatch(wanted -> globs ? matches(wanted, value) : wanted.equals(value)));
            if (!fits) {
                return "claim \"" + claim.getKey() + "\" does not match any associated bound claim values";
            }
        }
        return "";
    }

    /// `*` stands for any text, also for none.
    static boolean matches(String glob, String text) {
        String[] parts = glob.split("\\*", -1);
        if (parts.length == 1) {
            return glob.equals(text);
        }
        String last = parts[parts.length - 1];
        int at = parts[0].length();
        if (!text.startsWith(parts[0])) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }

    private static long later(OptionalLong one, OptionalLong other) {
        return other.isPresent() ? other.getAsLong() : one.orElseThrow();
    }

    /// Whether a claim is there and says no moment: then it is not as if it were absent.
    private boolean isOdd(String name) {
        boolean zero = all.get(name) instanceof Json.Num(String text) && text.equals("0");
        return all.has(name)
                && !(all.get(name) instanceof Json.Null)
                && !zero
                && seconds(name).isEmpty();
    }

    /// Whole seconds; a fraction counts for nothing, and what is no moment, or is zero, is not there.
    private OptionalLong seconds(String name) {
        return all.get(name) instanceof Json.Num(String text)
                        && MOMENT.matcher(text).matches()
                        && !text.startsWith("0")
                ? OptionalLong.of(Long.parseLong(text.split("\\.", 2)[0]))
                : OptionalLong.empty();
    }

    private static Optional<List<String>> texts(Json value) {
        if (!(value instanceof Json.Arr(var items))) {
            return scalar(value).map(List::of);
        }
        List<String> texts = new ArrayList<>();
        for (Json item : items) {
            Optional<String> text = scalar(item);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(texts);
    }

    private static Optional<String> scalar(Json value) {
        return switch (value) {
            case Json.Str(String text) -> Optional.of(text);
            case Json.Num(String text) -> Optional.of(text);
            case Json.Bool(boolean flag) -> Optional.of(Boolean.toString(flag));
            case Json.Obj o -> Optional.empty();
            case Json.Arr a -> Optional.empty();
            case Json.Null n -> Optional.empty();
            case Json.Raw r -> Optional.empty();
        };
    }
}
