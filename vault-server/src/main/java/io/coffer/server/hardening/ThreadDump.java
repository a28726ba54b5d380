// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import java.util.Map;
import java.util.TreeMap;

/// What each thread is doing, as text: names of methods, no values.
public final class ThreadDump {
    private ThreadDump() {}

    public static String take() {
        StringBuilder text = new StringBuilder(16 << 10);
        Map<String, StackTraceElement[]> threads = new TreeMap<>();
        Thread.getAllStackTraces()
                .forEach((thread, frames) ->
                        threads.put(thread.getName() + " #" + thread.threadId() + " " + thread.getState(), frames));
        threads.forEach((name, frames) -> {
            text.append('"').append(name).append("\"\n");
            for (StackTraceElement frame : frames) {
                text.append("    at ").append(frame).append('\n');
            }
        });
        return text.toString();
    }
}
