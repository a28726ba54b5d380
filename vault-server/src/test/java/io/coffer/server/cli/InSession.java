// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// For tests of commands: each has a session of its own, and a home directory.
class InSession {
    @TempDir
    Path home;

    Session session;

    @BeforeEach
    void openSession() throws Exception {
        session = new Session(home);
    }

    @AfterEach
    void closeSession() throws Exception {
        session.close();
    }
}
