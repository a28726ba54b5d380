// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The terminal of this process. Everything is UTF-8, whatever the locale says, so that a value comes out
/// as it is stored.
final class ProcessTerminal implements Terminal {
    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8 << 10), false, StandardCharsets.UTF_8);
    private final PrintStream err =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    @Override
    public InputStream in() {
        return System.in;
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public boolean inputIsTerminal() {
        return isTerminal(0);
    }

    @Override
    public boolean outputIsTerminal() {
        return isTerminal(1);
    }

    @Override
    public char[] readHidden(String prompt) throws IOException {
        out.flush();
        return HiddenEntry.read(prompt);
    }

    @Override
    public String readLine(String prompt) throws IOException {
        err.print(prompt);
        err.flush();
        return HiddenEntry.shown();
    }

    /// `System.console()` answers only for input and output together, so the descriptor itself is asked,
    /// where there is a /proc.
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | RuntimeException noProc) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }
}
