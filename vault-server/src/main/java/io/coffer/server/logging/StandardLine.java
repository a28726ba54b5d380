// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.event.KeyValuePair;

/// The form for people: `2006-01-02T15:04:05.000Z [INFO]  core: text: key=value`. What was sent by others
/// cannot start a line of its own: control characters are escaped.
final class StandardLine implements Function<ILoggingEvent, String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String apply(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(event.getInstant())).append(' ');
        line.append(("[" + event.getLevel() + "]" + "  ").substring(0, 8));
        line.append(event.getLoggerName()).append(": ");
        escape(event.getFormattedMessage(), line);
        if (event.getKeyValuePairs() != null && !event.getKeyValuePairs().isEmpty()) {
            line.append(':');
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=');
                value(String.valueOf(pair.value), line);
            }
        }
        if (event.getThrowableProxy() != null) {
            line.append('\n').append(Causes.trace(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static void value(String value, StringBuilder line) {
        boolean bare = !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c != '=' && c < 0x7f);
        if (bare) {
            line.append(value);
        } else {
            line.append('"');
            escape(value.replace("\"", "\\\""), line);
            line.append('"');
        }
    }

    private static void escape(String text, StringBuilder line) {
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> line.append("\\u%04x".formatted(c));
                default -> line.appendCodePoint(c);
            }
        });
    }
}
