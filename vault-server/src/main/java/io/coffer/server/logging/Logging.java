// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.coffer.server.config.LogConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// Sends log lines to a stream and, if configured, to a file.
///
/// Lines wait in a bounded queue: a pipe that nobody reads holds up no request. When it is full, lines are dropped.
public final class Logging implements AutoCloseable {
    private static final int WAITING_LINES = 4096;
    private static final int FLUSH_MILLIS = 2000;

    /// Libraries talk much at our levels; only their warnings are ours.
    private static final List<String> LIBRARIES = List.of("io.netty", "io.vertx");

    private final LoggerContext context;
    private final LogConfig config;
    private final AsyncAppender queue = new AsyncAppender();
    private Optional<FileAppender<ILoggingEvent>> file = Optional.empty();

    private Logging(LoggerContext context, LogConfig config) {
        this.context = context;
        this.config = config;
    }

    /// @throws IOException if the log file cannot be written
    public static Logging start(LogConfig config, OutputStream stream) throws IOException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logging logging = new Logging(context, config);
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        logging.queue.setContext(context);
        logging.queue.setQueueSize(WAITING_LINES);
        logging.queue.setNeverBlock(true);
        logging.queue.setDiscardingThreshold(0);
        logging.queue.setMaxFlushTime(FLUSH_MILLIS);
        logging.openFile();
        // The queue takes one appender, so the stream's passes on to the file's.
        Appenders lines = new Appenders(logging.stream(stream), () -> logging.file);
        lines.setContext(context);
        lines.start();
        logging.queue.addAppender(lines);
        logging.queue.start();
        root.addAppender(logging.queue);
        logging.level(config.level());
        return logging;
    }

    private OutputStreamAppender<ILoggingEvent> stream(OutputStream stream) {
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder());
        appender.setOutputStream(stream);
        appender.start();
        return appender;
    }

    private Encoder<ILoggingEvent> encoder() {
        LineEncoder encoder = new LineEncoder(
                switch (config.format()) {
                    case STANDARD -> new StandardLine();
                    case JSON -> new JsonLine();
                });
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private void openFile() throws IOException {
        if (config.file().isEmpty()) {
            return;
        }
        Path path = config.file().get();
        if (Files.isDirectory(path)) {
            throw new IOException("log_file " + path + " is a directory; name a file");
        }
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder());
        appender.setFile(path.toString());
        appender.setAppend(true);
        appender.start();
        if (!appender.isStarted()) {
            throw new IOException("log_file " + path + " cannot be written; check its folder's owner and mode");
        }
        file = Optional.of(appender);
    }

    /// Changes what is logged from now on.
    public void level(LogConfig.Level level) {
        Level own = Level.valueOf(level.name());
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(own);
        Level theirs = own.isGreaterOrEqual(Level.WARN) ? own : Level.WARN;
        LIBRARIES.forEach(library -> context.getLogger(library).setLevel(theirs));
    }

    /// Opens the log file again, after something has moved it away.
    public void reopen() throws IOException {
        Optional<FileAppender<ILoggingEvent>> before = file;
        openFile();
        before.ifPresent(FileAppender::stop);
    }

    /// Writes what waits, for a while, and ends.
    @Override
    public void close() {
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(queue);
        queue.stop();
    }
}
