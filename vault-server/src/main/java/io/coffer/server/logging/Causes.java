// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/// Where something went wrong, without what it went wrong with. The message of an exception may quote what
/// was being handled, as `URISyntaxException` and `NumberFormatException` do, and nobody keeps a list of
/// those that never do: so only our own classes' messages are kept, which name things and never values. Of
/// others the class and the place tell enough.
final class Causes {
    private static final int MOST_FRAMES = 60;
    private static final int MOST_CAUSES = 8;
    private static final String OURS = "io.coffer.";

    private Causes() {}

    /// What our own classes say of it, the outermost first, each thing once.
    static String messages(Throwable thrown) {
        String text = "";
        Throwable cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && cause.getClass().getName().startsWith(OURS) && !text.contains(message)) {
                text += text.isEmpty() ? message : ": " + message;
            }
        }
        return text;
    }

    static String trace(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder(1024);
        IThrowableProxy cause = thrown;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++, cause = cause.getCause()) {
            String name = cause.getClassName();
            text.append(i == 0 ? "  " : "\n  caused by ").append(name);
            if (cause.getMessage() != null && name.startsWith(OURS)) {
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
