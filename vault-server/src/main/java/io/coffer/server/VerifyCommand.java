// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.CorruptedException;
import io.coffer.core.Observer;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.Time;
import io.coffer.core.backup.Report;
import io.coffer.core.backup.Verification;
import io.coffer.core.ceremony.Unsealing;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.JsonText;
import io.coffer.core.seal.ShareText;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.system.VerifyRoutes;
import io.coffer.core.vault.Vault;
import io.coffer.core.vault.VaultState;
import io.coffer.server.cli.operator.Progress;
import io.coffer.server.config.ConfigException;
import io.coffer.server.config.ConfigLoader;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.StorageConfig;
import io.coffer.storage.RocksDbDisk;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `coffer operator verify -config=FILE`: opens every value of a stopped daemon's store with shares that
/// are asked for at the terminal, or come on standard input, a line each.
final class VerifyCommand {
    private static final String COMMAND = "coffer operator verify";
    private static final String USAGE =
            "run '" + COMMAND + " -config=FILE' alone: shares come at the prompt or on standard"
                    + " input, a line each, and what it answers is JSON";
    private static final int SHOWN_EVERY = 20;
    private static final Duration HOUR = Duration.ofHours(1);

    private final Time time = Time.system();
    private final BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));

    private VerifyCommand() {}

    /// @return the exit code: 0 if all is sound, 2 if not, 1 if the store could not be read
    static int run(String[] arguments) {
        try {
            ServerFlags flags = ServerFlags.parse(List.of(arguments), System.getenv(), COMMAND, USAGE);
            ServerConfig config = new ConfigLoader(System.getenv(), flags.log())
                    .load(flags.configs())
                    .config();
            if (!(config.storage() instanceof StorageConfig.RocksDb(var path))) {
                throw new ConfigException("there is nothing to verify: storage inmem is gone when its process ends");
            }
            try (Disk disk = RocksDbDisk.open(path)) {
                return new VerifyCommand().verify(disk);
            }
        } catch (ConfigException | StorageUnavailableException | CorruptedException | IOException failed) {
            System.err.println("Error: " + failed.getMessage());
            return 1;
        }
    }

    private int verify(Disk disk) throws IOException {
        SecureRandom random = new SecureRandom();
        try (Committer store = new Committer(disk, Runnable::run, Observer.none(), time)) {
            Vault vault = new Vault(store, random, Observer.none(), Duration.ZERO);
            if (vault.state() instanceof VaultState.Uninitialized) {
                throw new ConfigException("this store is not initialized");
            }
            open(vault, new Unsealing(vault, time, random, HOUR, barrier -> {}));
            MountTable mounts = new MountTable(type -> Optional.empty());
            try {
                Report report = through(vault, new Verification(store, time, (reader, scope) -> mounts.read(reader)
                        .withUuid(scope.name())
                        .isPresent()));
                System.out.println(new String(JsonText.write(VerifyRoutes.describe(report)), StandardCharsets.UTF_8));
                return report.isSound() ? 0 : 2;
            } finally {
                vault.seal();
            }
        }
    }

    private void open(Vault vault, Unsealing unsealing) throws IOException {
        while (!(vault.state() instanceof VaultState.Unsealed)) {
            try (Secret text = share()) {
                switch (ShareText.parseBetweenBlanks(text)) {
                    case ShareText.Unreadable(String reason) -> System.err.println(reason);
                    case ShareText.Read(Secret share) -> offer(unsealing, share);
                }
            }
        }
    }

    private static void offer(Unsealing unsealing, Secret share) {
        try (share) {
            if (unsealing.offer(share) instanceof Unsealing.Outcome.Refused(String reason)) {
                System.err.println(reason);
            }
        }
    }

    private Secret share() throws IOException {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("Unseal Key (will be hidden): ");
            return secret(typed == null ? new char[0] : typed);
        }
        String line = lines.readLine();
        return secret(line == null ? new char[0] : line.toCharArray());
    }

    private static Secret secret(char[] typed) {
        if (typed.length == 0 || typed.length > Secret.MAX_BYTES) {
            throw new ConfigException(
                    "no further key share was given, and the store is not open; nothing was verified");
        }
        byte[] ascii = new byte[typed.length];
        for (int i = 0; i < typed.length; i++) {
            ascii[i] = (byte) typed[i];
            typed[i] = 0;
        }
        return Secret.takeFrom(ascii);
    }

    private static Report through(Vault vault, Verification verification) {
        vault.unsealed(verification::start);
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        Progress progress = new Progress(System.err, terminal);
        for (int i = 1; verification.report().isUnderWay(); i++) {
            vault.unsealed(verification::step);
            if (i % SHOWN_EVERY == 0) {
                Report now = verification.report();
                progress.show(now.done(), now.total(), "values", now.bad() + " bad");
            }
        }
        progress.close();
        return verification.report();
    }
}
