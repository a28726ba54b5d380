// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.List;

/// Where something went wrong, without what it went wrong with: the message of an exception may quote a
/// value that was being handled. Only messages from classes that quote no values are kept.
final class Causes {
    private static final int MOST_FRAMES = 60;
    private static final int MOST_CAUSES = 8;
    private static final List<String> HARMLESS =
            List.of("io.coffer.core.", "java.io.", "java.nio.file.", "java.net.", "javax.net.ssl.", "org.rocksdb.");

    private Causes() {}

    static String trace(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder(1024);
        IThrowableProxy cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = cause.getCause()) {
            text.append(i == 0 ? "  " : "\n  caused by ").append(cause.getClassName());
            String name = cause.getClassName();
            if (cause.getMessage() != null && HARMLESS.stream().anyMatch(name::startsWith)) {
                text.append(": ").append(cause.getMessage().replaceAll("\\p{Cntrl}", " "));
            }
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            for (int j = 0; j < Math.min(frames.length, MOST_FRAMES); j++) {
                text.append("\n    ").append(frames[j].getSTEAsString());
            }
        }
        return text.toString();
    }
}
