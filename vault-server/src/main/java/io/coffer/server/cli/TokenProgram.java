// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program of the user's that keeps the token: called with `get` it prints it, with `store` it reads it
/// from its standard input, with `erase` it forgets it. What it writes to standard error shows.
record TokenProgram(String program) implements TokenKeeper {
    private static final int LONGEST = 64 << 10;
    private static final int SECONDS = 60;

    @Override
    public Optional<Token> get() {
        byte[] token = Token.trimmed(run("get", new byte[0]));
        return token.length == 0 ? Optional.empty() : Optional.of(new Token(token));
    }

    @Override
    public void store(Token token) {
        run("store", token.bytes());
    }

    @Override
    public void erase() {
        run("erase", new byte[0]);
    }

    private byte[] run(String verb, byte[] input) {
        try {
            Process helper = new ProcessBuilder(program, verb)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream in = helper.getOutputStream()) {
                in.write(input);
            } catch (IOException notRead) {
                // A helper need not read what it is given; its exit code tells whether it did its work.
            }
            byte[] output;
            try (InputStream out = helper.getInputStream()) {
                output = out.readNBytes(LONGEST);
            }
            if (!helper.waitFor(SECONDS, TimeUnit.SECONDS)) {
                helper.destroyForcibly();
                throw Failure.local("the token helper " + program + " did not end within " + SECONDS + " s");
            }
            if (helper.exitValue() != 0) {
                throw Failure.local(
                        "the token helper " + program + " failed at " + verb + " with code " + helper.exitValue());
            }
            return output;
        } catch (IOException missing) {
            throw Failure.local("cannot run the token helper " + program + ", named in ~/.vault");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Failure.local("interrupted");
        }
    }
}
