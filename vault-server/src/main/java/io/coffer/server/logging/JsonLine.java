// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.event.KeyValuePair;

/// The form for machines: one JSON object a line, with the names that the field's collectors look for.
final class JsonLine implements Function<ILoggingEvent, String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String apply(ILoggingEvent event) {
        Map<String, Json> line = new LinkedHashMap<>();
        line.put("@level", Json.of(event.getLevel().toString().toLowerCase(Locale.ROOT)));
        line.put("@message", Json.of(event.getFormattedMessage()));
        line.put("@module", Json.of(event.getLoggerName()));
        line.put("@timestamp", Json.of(TIME.format(event.getInstant())));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.putIfAbsent(pair.key, Json.of(String.valueOf(pair.value)));
            }
        }
        if (event.getThrowableProxy() != null) {
            line.put("stacktrace", Json.of(Causes.trace(event.getThrowableProxy())));
        }
        return new String(JsonText.write(new Json.Obj(line)), StandardCharsets.UTF_8);
    }
}
