// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.policy;

import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.HclFormat;
import io.coffer.core.hcl.HclLimits;
import io.coffer.core.policy.StoredPolicy;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Formats a policy file in place. Reaches no vault.
final class PolicyFmtCommand implements Command {
    @Override
    public Shape shape() {
        return new Shape(
                "FILE",
                "Formats a policy file in place; from standard input to standard output if the file is -.",
                List.of(),
                1,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        String file = call.arguments().word(0);
        String text = PolicyFile.read(file, call.terminal().in());
        String formatted = formatted(text, file);
        if (file.equals("-")) {
            call.output().text(formatted);
            return 0;
        }
        if (!formatted.equals(text)) {
            replace(Path.of(file), formatted);
        }
        call.output().success("Formatted policy: " + Words.harmless(file));
        return 0;
    }

    private static String formatted(String text, String file) {
        try {
            String formatted = HclFormat.format(text, HclLimits.DEFAULT);
            StoredPolicy.check(formatted);
            return formatted;
        } catch (HclException wrong) {
            throw Failure.local("Failed to parse policy: " + Words.harmless(file) + ": " + wrong.getMessage());
        }
    }

    /// All or nothing: whoever reads the file meanwhile sees one text or the other.
    private static void replace(Path file, String text) throws IOException {
        Path real = file.toRealPath();
        Path other = Files.createTempFile(real.toAbsolutePath().getParent(), ".policy", ".hcl");
        try {
            Files.setPosixFilePermissions(other, Files.getPosixFilePermissions(real));
            Files.writeString(other, text);
            Files.move(other, real, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException plain) {
            Files.writeString(real, text);
        } finally {
            Files.deleteIfExists(other);
        }
    }
}
