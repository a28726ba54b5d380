// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.RandomIds;
import io.coffer.core.ceremony.Initialization;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountSettings;
import io.coffer.core.mount.MountTable;
import io.coffer.core.request.Credential;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a fresh server usable at once: initialized with one share, unsealed, with a key-value engine at
/// `secret/`. For trying out only: the unseal key and the root token are printed, and everything is in
/// memory.
final class DevMode {
    private DevMode() {}

    static void prepare(Server server, ServerFlags flags, DevListener listener, PrintStream out) throws IOException {
        Initialization.Plan plan = new Initialization.Plan(
                new SealConfig(1, 1),
                List.of(),
                Optional.empty(),
                flags.devToken().map(Credential::new));
        Initialization.Handover handover = server.core()
                .initialization()
                .run(plan)
                .toCompletableFuture()
                .join()
                .orElseThrow(() -> new IllegalStateException("a fresh store is initialized already"));
        try (handover) {
            Secret key = handover.shares().getFirst();
            server.core().unsealing().offer(key);
            mountSecrets(server, flags);
            String unsealKey = key.use(bytes -> Base64.getEncoder().encodeToString(bytes));
            String token = handover.rootToken().use(bytes -> new String(bytes, StandardCharsets.US_ASCII));
            if (flags.storeToken()) {
                storeToken(token);
            }
            List<String> variables = listener.variables(server.listening().port());
            print(variables, unsealKey, token, out);
        }
    }

    private static void mountSecrets(Server server, ServerFlags flags) {
        Map<String, String> options = Map.of("version", flags.versionOne() ? "1" : "2");
        Mount secrets = new Mount(
                RandomIds.uuid(server.random()),
                "secret/",
                "kv",
                MountTable.accessor("kv", server.random()),
                options,
                false,
                false,
                MountSettings.plain("key/value secret storage"));
        server.core()
                .vault()
                .unsealed(barrier -> barrier.govern(writer -> {
                    server.core().mounts().add(writer, secrets, server.time().now());
                    return true;
                }))
                .toCompletableFuture()
                .join();
    }

    private static void storeToken(String token) throws IOException {
        Path home = Path.of(Optional.ofNullable(System.getenv("HOME")).orElse(System.getProperty("user.home", ".")));
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path fresh = Files.createTempFile(home, ".vault-token", "", ownerOnly);
        Files.writeString(fresh, token);
        Files.move(fresh, home.resolve(".vault-token"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void print(List<String> variables, String unsealKey, String token, PrintStream out) {
        out.println();
        out.println("WARNING! Development mode: everything is in memory and gone when this process ends, it starts");
        out.println(
                "unsealed with a single unseal key, and it is open to anonymous ceremonies. Never use it in production.");
        out.println();
        out.println("You may need to set the following environment variable" + (variables.size() == 1 ? ":" : "s:"));
        out.println();
        variables.forEach(variable -> out.println("    $ export " + variable));
        out.println();
        out.println("The unseal key and root token are shown below in case you want to seal and unseal the vault or");
        out.println("log in again.");
        out.println();
        out.println("Unseal Key: " + unsealKey);
        out.println("Root Token: " + token);
        out.println();
        out.println("Development mode should NOT be used in production installations!");
        out.println();
        out.flush();
    }
}
