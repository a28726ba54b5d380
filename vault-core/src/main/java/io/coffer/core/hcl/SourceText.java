// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns what was given into a text that is safe to read and to show: UTF-8, within the size, without
/// control characters and without characters that make a text look other than it is. Lines may end in LF or
/// CR LF; both come out as LF.
final class SourceText {
    private SourceText() {}

    static String of(byte[] utf8, HclLimits limits) {
        checkSize(utf8.length, limits);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw new HclException(endOf(text), "found bytes that are not UTF-8");
        }
        return checked(text);
    }

    static String of(String text, HclLimits limits) {
        checkSize(text.length(), limits);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new HclException(endOf(text.substring(0, i)), "found half a character");
            }
        }
        checkSize(text.getBytes(StandardCharsets.UTF_8).length, limits);
        return checked(text);
    }

    private static void checkSize(int bytes, HclLimits limits) {
        if (bytes > limits.bytes()) {
            throw new HclException(
                    new Position(1, 1), "the text has " + bytes + " bytes, expected at most " + limits.bytes());
        }
    }

    private static String checked(String text) {
        String lines = text.replace("\r\n", "\n");
        int at = 0;
        while (at < lines.length()) {
            int c = lines.codePointAt(at);
            if (isForbidden(c)) {
                String what = c == '\r' ? "a carriage return alone" : String.format("the character U+%04X", c);
                throw new HclException(
                        endOf(lines.substring(0, at)), "found " + what + ", expected text that can be printed");
            }
            at += Character.charCount(c);
        }
        return lines;
    }

    /// Control characters, marks that reverse or hide text, line ends that editors show and parsers do not,
    /// and what is no character at all.
    static boolean isForbidden(int c) {
        if (c == '\n' || c == '\t') {
            return false;
        }
        return Character.isISOControl(c)
                || c >= 0x200b && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2060 && c <= 0x206f
                || c == 0x061c
                || c == 0xfeff
                || (c & 0xfffe) == 0xfffe
                || c >= 0xfdd0 && c <= 0xfdef;
    }

    private static Position endOf(String read) {
        int line = 1;
        int start = 0;
        for (int end = read.indexOf('\n'); end >= 0; end = read.indexOf('\n', start)) {
            line++;
            start = end + 1;
        }
        return new Position(line, 1 + read.codePointCount(start, read.length()));
    }
}
