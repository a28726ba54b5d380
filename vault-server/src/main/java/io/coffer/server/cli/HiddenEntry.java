// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.Console;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A line typed at the terminal that does not show.
final class HiddenEntry {
    private static final int LONGEST = 16 << 10;
    private static final String TTY = "/dev/tty";

    private HiddenEntry() {}

    /// @throws IOException if there is no terminal, or it ended before the line did
    static char[] read(String prompt) throws IOException {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isEmpty()) {
            return fromTty(prompt);
        }
        char[] line = console.get().readPassword("%s", prompt);
        if (line == null) {
            throw new IOException("the input ended");
        }
        return line;
    }

    /// A line that shows; the prompt has been written.
    static String shown() throws IOException {
        try (InputStream in = new FileInputStream(TTY)) {
            return new String(line(new InputStreamReader(in, StandardCharsets.UTF_8)));
        }
    }

    /// With standard output redirected the JDK has no console, so the echo is switched by `stty`.
    private static char[] fromTty(String prompt) throws IOException {
        try (InputStream in = new FileInputStream(TTY);
                OutputStream out = new FileOutputStream(TTY)) {
            Thread restore = new Thread(() -> stty("echo"));
            stty("-echo");
            Runtime.getRuntime().addShutdownHook(restore);
            try {
                out.write(prompt.getBytes(StandardCharsets.UTF_8));
                out.flush();
                return line(new InputStreamReader(in, StandardCharsets.UTF_8));
            } finally {
                stty("echo");
                Runtime.getRuntime().removeShutdownHook(restore);
                out.write('\n');
            }
        }
    }

    private static char[] line(Reader in) throws IOException {
        char[] line = new char[LONGEST];
        try {
            int length = 0;
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0 || length == LONGEST) {
                    throw new IOException(c < 0 ? "the input ended" : "the line is too long");
                }
                line[length++] = (char) c;
            }
            return Arrays.copyOf(line, length);
        } finally {
            Arrays.fill(line, '\0');
        }
    }

    private static void stty(String mode) {
        try {
            Process stty = new ProcessBuilder("stty", mode)
                    .redirectInput(new File(TTY))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (stty.waitFor() != 0 && mode.equals("-echo")) {
                throw Failure.local("this terminal cannot hide what is typed; use - and standard input");
            }
        } catch (IOException missing) {
            throw Failure.local("cannot hide what is typed, since there is no stty; use - and standard input");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
