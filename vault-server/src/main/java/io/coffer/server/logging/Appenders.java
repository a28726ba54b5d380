// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import java.util.Optional;
import java.util.function.Supplier;

/// Hands each line to the stream, and to the file that is open at the moment.
final class Appenders extends AppenderBase<ILoggingEvent> {
    private final Appender<ILoggingEvent> stream;
    private final Supplier<Optional<FileAppender<ILoggingEvent>>> file;

    Appenders(Appender<ILoggingEvent> stream, Supplier<Optional<FileAppender<ILoggingEvent>>> file) {
        this.stream = stream;
        this.file = file;
    }

    @Override
    protected void append(ILoggingEvent event) {
        stream.doAppend(event);
        file.get().ifPresent(open -> open.doAppend(event));
    }
}
