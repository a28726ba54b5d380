// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/// The three streams of a process, and the person before them if there is one.
public interface Terminal {
    InputStream in();

    PrintStream out();

    PrintStream err();

    /// Whether a person types on standard input. Only then may a question be asked.
    boolean inputIsTerminal();

    boolean outputIsTerminal();

    /// Asks for a line that does not show while it is typed. The caller overwrites it after use.
    ///
    /// @throws IOException if there is no terminal, or it ended
    char[] readHidden(String prompt) throws IOException;

    /// Asks for a line that shows while it is typed.
    ///
    /// @throws IOException if there is no terminal, or it ended
    String readLine(String prompt) throws IOException;
}
