// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Takes a share or a token from the person or script that runs the command.
public record SecretInput(Invocation call) {
    private static final int LONGEST = 64 << 10;

    /// From the word if there is one, from standard input if it is `-`, else from the prompt.
    ///
    /// @param noun such as `key share`
    /// @param prompt such as `Unseal Key`
    /// @return characters that the caller overwrites
    public char[] take(Optional<String> word, String noun, String prompt) throws IOException {
        if (word.isPresent() && word.get().equals("-")) {
            return standardInput(noun);
        }
        if (word.isPresent()) {
            call.output()
                    .warn("WARNING! A " + noun
                            + " given as an argument shows in the list of processes and in the shell's"
                            + " history. Leave it out to be asked for it, or give - to read it from standard input.");
            return word.get().toCharArray();
        }
        if (!call.asks()) {
            throw Failure.local(
                    "no " + noun + " given, and standard input is no terminal to ask at; give - to read it from"
                            + " standard input");
        }
        return call.terminal().readHidden(prompt + " (will be hidden): ");
    }

    /// A key share, without blanks around it.
    ///
    /// @return characters that the caller overwrites
    public char[] share(Optional<String> word) throws IOException {
        char[] given = take(word, "key share", "Unseal Key");
        int from = 0;
        int to = given.length;
        while (from < to && Character.isWhitespace(given[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(given[to - 1])) {
            to--;
        }
        char[] share = Arrays.copyOfRange(given, from, to);
        Arrays.fill(given, '\0');
        if (share.length == 0) {
            throw Failure.local("no key share given");
        }
        return share;
    }

    private char[] standardInput(String noun) throws IOException {
        InputStream in = call.terminal().in();
        byte[] all = in.readNBytes(LONGEST + 1);
        if (all.length > LONGEST) {
            Arrays.fill(all, (byte) 0);
            throw Failure.local("standard input is too long for a " + noun);
        }
        byte[] text = Token.trimmed(all);
        if (text.length == 0) {
            throw Failure.local("standard input holds no " + noun);
        }
        return SecretText.characters(text, "standard input");
    }
}
