// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/// Lengths of time as clients and configurations write them, and as answers show them.
///
/// Read are whole seconds (`90`), whole days (`7d`) and sums of units of `ns us ms s m h` (`1h30m`,
/// `1.5h`); empty is zero. A sign may lead, so the caller decides whether a negative length makes sense.
/// The range is that of a signed 64-bit number of nanoseconds, some 292 years, because that is what clients
/// can hold; anything beyond is refused.
public final class Durations {
    /// Longer than every length of time that fits the range, so that nobody's text is converted number by
    /// number.
    public static final int MAX_TEXT = 64;

    private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000_000_000L);
    private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private Durations() {}

    /// The length that the text says, or nothing if it says none.
    public static Optional<Duration> parse(String text) {
        if (text.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        if (text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
        String size = signed ? text.substring(1) : text;
        return nanos(size).flatMap(found -> inRange(text.charAt(0) == '-' ? found.negate() : found));
    }

    public static Optional<Duration> ofSeconds(long seconds) {
        return inRange(BigInteger.valueOf(seconds).multiply(SECOND.toBigInteger()));
    }

    /// `1h0m0s`, `3h25m19s`, `1.5s`, `250ms`, `0s`: as the field's own tools print it, to the nanosecond.
    public static String format(Duration length) {
        if (length.isNegative()) {
            return "-" + format(length.negated());
        }
        long seconds = length.toSeconds();
        if (seconds == 0) {
            return formatFraction(length.getNano());
        }
        StringBuilder text = new StringBuilder();
        if (seconds >= 3_600) {
            text.append(seconds / 3_600).append('h');
        }
        if (seconds >= 60) {
            text.append(seconds / 60 % 60).append('m');
        }
        BigDecimal rest = BigDecimal.valueOf(length.getNano(), 9).add(BigDecimal.valueOf(seconds % 60));
        return text.append(plain(rest)).append('s').toString();
    }

    private static String formatFraction(int nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000
                ? plain(BigDecimal.valueOf(nanos, 3)) + "µs"
                : plain(BigDecimal.valueOf(nanos, 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static Optional<BigInteger> nanos(String size) {
        if (isDigits(size)) {
            return Optional.of(new BigDecimal(size).multiply(SECOND).toBigInteger());
        }
        if (size.endsWith("d")) {
            String days = size.substring(0, size.length() - 1);
            return isDigits(days)
                    ? Optional.of(new BigDecimal(days).multiply(DAY).toBigInteger())
                    : Optional.empty();
        }
        return sumOfUnits(size);
    }

    private static Optional<BigInteger> sumOfUnits(String size) {
        BigInteger sum = BigInteger.ZERO;
        int at = 0;
        while (at < size.length()) {
            int unitAt = skip(size, at, true);
            int end = skip(size, unitAt, false);
            Optional<BigDecimal> number = decimal(size.substring(at, unitAt));
            Optional<BigDecimal> unit = unit(size.substring(unitAt, end));
            if (number.isEmpty() || unit.isEmpty()) {
                return Optional.empty();
            }
            BigDecimal part = number.get().multiply(unit.get());
            sum = sum.add(part.setScale(0, RoundingMode.DOWN).toBigInteger());
            at = end;
        }
        return size.isEmpty() ? Optional.empty() : Optional.of(sum);
    }

    /// The end of the run of number characters, or of others, that starts here.
    private static int skip(String text, int from, boolean number) {
        int at = from;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.') == number) {
            at++;
        }
        return at;
    }

    /// Digits with at most one point and at least one digit: `1`, `1.5`, `.5`, `1.`.
    private static Optional<BigDecimal> decimal(String number) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String fraction = point < 0 ? "" : number.substring(point + 1);
        return isDigits(whole + fraction)
                ? Optional.of(new BigDecimal("0" + whole + "." + fraction + "0"))
                : Optional.empty();
    }

    private static Optional<BigDecimal> unit(String name) {
        return switch (name) {
            case "ns" -> Optional.of(BigDecimal.ONE);
            case "us", "µs", "μs" -> Optional.of(BigDecimal.valueOf(1_000));
            case "ms" -> Optional.of(BigDecimal.valueOf(1_000_000));
            case "s" -> Optional.of(SECOND);
            case "m" -> Optional.of(SECOND.multiply(BigDecimal.valueOf(60)));
            case "h" -> Optional.of(SECOND.multiply(BigDecimal.valueOf(3_600)));
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> inRange(BigInteger nanos) {
        return nanos.compareTo(MIN) < 0 || nanos.compareTo(MAX) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.longValueExact()));
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
