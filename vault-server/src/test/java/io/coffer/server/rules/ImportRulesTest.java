// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Which way imports run, and which rooms the libraries stay in. Names written in full count as imports.
class ImportRulesTest {
    private static final String CORE = "io.coffer.core";

    /// Small enough to be read in an afternoon. Here as below: a package may import those before it.
    private static final List<String> KERNEL =
            List.of("", "secret", "shamir", "crypto", "storage", "keyring", "barrier", "seal", "vault");

    private static final List<String> UPPER = List.of(
            "request",
            "term",
            "hcl",
            "policy",
            "password",
            "identity",
            "token",
            "lease",
            "audit",
            "engine",
            "mount",
            "engine.*",
            "auth.*",
            "wrapping",
            "backup",
            "rewrap",
            "ceremony",
            "system",
            "pipeline");

    private static final Set<String> ASYNCHRONOUS =
            Set.of("storage", "barrier", "vault", "ceremony", "audit", "pipeline");

    @Test
    void thePackagesOfTheCoreImportOneWay() {
        assertNone(source -> inCore(source), (source, name) -> {
            String imported = Names.packageOf(name);
            if (!imported.equals(CORE) && !imported.startsWith(CORE + ".")) {
                return false;
            }
            int from = layer(below(source.packageName()));
            int to = layer(below(imported));
            return !imported.equals(source.packageName())
                    && (to > from || (to == from && !below(imported).isEmpty()));
        });
    }

    @Test
    void everyPackageOfTheCoreHasAPlaceInTheOrder() {
        assertThat(Source.main().filter(ImportRulesTest::inCore).map(Source::packageName))
                .allSatisfy(name -> assertThat(layer(below(name))).as(name).isNotNegative());
    }

    @Test
    void theCoreKnowsNothingOfTheModulesAboveIt() {
        assertNone(
                ImportRulesTest::inCore,
                (source, name) -> name.startsWith("io.coffer.")
                        && !Names.packageOf(name).equals(CORE)
                        && !name.startsWith(CORE + "."));
        assertNone(ImportRulesTest::inStorage, (source, name) -> name.startsWith("io.coffer.server"));
    }

    @Test
    void theCoreUsesTheJdkAndTwoLibraries() {
        assertNone(
                ImportRulesTest::inCore,
                (source, name) -> !starts(
                        name,
                        "io.coffer.",
                        "java.",
                        "javax.crypto.",
                        "javax.security.",
                        "org.jspecify.",
                        "org.bouncycastle.",
                        "com.fasterxml.jackson.core."));
    }

    @Test
    void theCoreTouchesNoFileAndNoSocket() {
        assertNone(
                ImportRulesTest::inCore,
                (source, name) -> starts(
                        name, "java.nio.file.", "java.nio.channels.", "java.io.File", "java.io.Random", "java.net."));
    }

    @Test
    void bouncyCastleStaysInCrypto() {
        assertOnlyIn("org.bouncycastle.", name -> name.equals(CORE + ".crypto"));
    }

    @Test
    void jsonIsParsedInRequestAndInConfigurationAndCommandLine() {
        assertOnlyIn(
                "com.fasterxml.",
                name -> name.equals(CORE + ".request")
                        || inPackage(name, "io.coffer.server.config")
                        || inPackage(name, "io.coffer.server.cli"));
        assertNone(source -> true, (source, name) -> starts(name, "com.fasterxml.jackson.databind", "tools.jackson"));
    }

    @Test
    void vertxStaysInHttpAndTheCompositionRoot() {
        assertNone(
                source -> !inPackage(source.packageName(), "io.coffer.server.http")
                        && !source.path().endsWith("/io/coffer/server/Server.java"),
                (source, name) -> starts(name, "io.vertx.", "io.netty."));
    }

    @Test
    void onlyOneRoomAsksOthers() {
        assertNone(
                source -> !source.packageName().equals("io.coffer.server.outbound"),
                (source, name) -> starts(name, "com.unboundid.", "java.net.http."));
    }

    @Test
    void rocksDbStaysInTheStorageModule() {
        assertNone(source -> !inStorage(source), (source, name) -> name.startsWith("org.rocksdb."));
    }

    @Test
    void aClientCommandLoadsNoServer() {
        assertNone(
                source -> inPackage(source.packageName(), "io.coffer.server.cli"),
                (source, name) -> starts(
                        name,
                        "org.slf4j.",
                        "ch.qos.",
                        "io.micrometer.",
                        "io.coffer.storage.",
                        "io.coffer.server.http.",
                        "io.coffer.server.audit.",
                        "io.coffer.server.metrics."));
    }

    @Test
    void ciphertextIsMadeWhereItIsEncryptedAndWhereItIsRead() {
        assertThat(Source.main()
                        .filter(source -> Names.of(source).made().contains("Ciphertext"))
                        .filter(source -> !inStorage(source))
                        .filter(source -> !Set.of("barrier", "seal", "storage").contains(below(source.packageName())))
                        .map(Source::path))
                .isEmpty();
    }

    @Test
    void onlyDurabilityAndAuditAreAsynchronous() {
        assertNone(
                source -> inCore(source) && !ASYNCHRONOUS.contains(below(source.packageName())),
                (source, name) ->
                        starts(name, "java.util.concurrent.CompletionStage", "java.util.concurrent.CompletableFuture"));
    }

    @Test
    void noEngineKnowsAnother() {
        assertThat(layer("engine.kv")).isEqualTo(layer("engine.transit"));
        assertThat(layer("auth.token")).isEqualTo(layer("auth.userpass.codes"));
    }

    private interface Offence {
        boolean test(Source source, String name);
    }

    private static void assertNone(Predicate<Source> where, Offence offence) {
        List<String> found = new ArrayList<>();
        Source.main().filter(where).forEach(source -> Names.of(source).types().stream()
                .filter(name -> offence.test(source, name))
                .forEach(name -> found.add(source.path() + " imports " + name)));
        assertThat(found).isEmpty();
    }

    private static void assertOnlyIn(String prefix, Predicate<String> packages) {
        assertNone(source -> !packages.test(source.packageName()), (source, name) -> name.startsWith(prefix));
    }

    private static boolean inCore(Source source) {
        return source.path().startsWith("vault-core/");
    }

    private static boolean inStorage(Source source) {
        return source.path().startsWith("vault-storage/");
    }

    private static boolean inPackage(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    private static boolean starts(String name, String... prefixes) {
        return List.of(prefixes).stream().anyMatch(name::startsWith);
    }

    /// The name of a package below the core's, empty for the core's own; of another module as it is.
    private static String below(String name) {
        return name.equals(CORE) ? "" : name.startsWith(CORE + ".") ? name.substring(CORE.length() + 1) : name;
    }

    /// The place of a package in the order; -1 if it has none.
    private static int layer(String name) {
        List<String> order = new ArrayList<>(KERNEL);
        order.addAll(UPPER);
        String family = name.startsWith("engine.") ? "engine.*" : name.startsWith("auth.") ? "auth.*" : name;
        return order.indexOf(family);
    }
}
