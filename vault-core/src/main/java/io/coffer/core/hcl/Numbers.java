// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.math.BigDecimal;

/// Reads numbers, of HCL or of JSON: `12`, `-3`, `1.5`, `1e3`. A leading zero is refused, because some
/// readers take `0600` as octal and some do not.
final class Numbers {
    /// Digits of a decimal number, its exponent's included; more say nothing about a setting.
    private static final int DIGITS = 40;
    /// The largest exponent, either way.
    private static final int EXPONENT = 99;

    private final Source source;

    Numbers(Source source) {
        this.source = source;
    }

    static boolean startsHere(Source source) {
        return source.peek() == '-' || Source.isDigit(source.peek());
    }

    Value read() {
        Position at = source.here();
        StringBuilder text = new StringBuilder();
        if (source.accept('-')) {
            text.append('-');
        }
        String whole = digits();
        if (whole.length() > 1 && whole.charAt(0) == '0') {
            throw new HclException(at, "found a number with a leading zero; write it in quotes, or without the zero");
        }
        text.append(whole);
        boolean decimal = source.peek() == '.' || source.peek() == 'e' || source.peek() == 'E';
        if (source.accept('.')) {
            text.append('.').append(digits());
        }
        if (source.accept('e') || source.accept('E')) {
            text.append('E').append(exponent(at));
        }
        if (Source.isNamePart(source.peek()) || source.peek() == '"') {
            throw new HclException(at, "found a number with text after it; write it in quotes");
        }
        return decimal ? decimal(text.toString(), at) : whole(text.toString(), at);
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        while (Source.isDigit(source.peek())) {
            digits.appendCodePoint(source.next());
        }
        if (digits.isEmpty()) {
            throw source.unexpected("a digit");
        }
        return digits.toString();
    }

    private int exponent(Position at) {
        boolean negative = source.accept('-');
        if (!negative) {
            source.accept('+');
        }
        String digits = digits();
        if (digits.length() > 4 || Integer.parseInt(digits) > EXPONENT) {
            throw new HclException(at, "found a number with an exponent beyond " + EXPONENT);
        }
        return negative ? -Integer.parseInt(digits) : Integer.parseInt(digits);
    }

    private static Value decimal(String text, Position at) {
        if (text.chars().filter(Source::isDigit).count() > DIGITS) {
            throw new HclException(at, "found a number of more than " + DIGITS + " digits");
        }
        return new Value.Decimal(new BigDecimal(text), at);
    }

    private static Value whole(String text, Position at) {
        try {
            return new Value.Whole(Long.parseLong(text), at);
        } catch (NumberFormatException tooLarge) {
            throw new HclException(at, "found a whole number beyond 64 bits; write it in quotes");
        }
    }
}
