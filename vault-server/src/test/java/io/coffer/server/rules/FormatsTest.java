// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every record that is stored is kept as a file that the tests read, so that no later version changes a form unseen.
class FormatsTest {
    private static final Path GOLDEN = Source.ROOT.resolve("vault-core/src/test/resources/golden");

    /// By class that reads stored records, each form that it ever wrote.
    private static final Map<String, List<String>> FILES = new TreeMap<>(Map.ofEntries(
            Map.entry("CertConfig", List.of("login/cert-config-1")),
            Map.entry("CertRole", List.of("login/cert-role-1")),
            Map.entry("CrossOrigin", List.of("system/cross-origin")),
            Map.entry("CubbyholeRecord", List.of("cubbyhole/record-1", "wrapping/answer-1")),
            Map.entry("Deprecations", List.of("term/deprecated-1")),
            Map.entry("Destruction", List.of("term/waiting-1", "term/erasing-1")),
            Map.entry("EndedPaths", List.of("token/ended", "token/ended-2")),
            Map.entry("Failures", List.of("login/failures-1")),
            Map.entry("JwtConfig", List.of("login/jwt-config-1")),
            Map.entry("JwtRole", List.of("login/jwt-role-1")),
            Map.entry("KeyMetadata", List.of("kv/metadata-1")),
            Map.entry("LastUses", List.of("term/uses-1")),
            Map.entry("Layout", List.of("token/accessor-1", "token/gone-1")),
            Map.entry("LdapConfig", List.of("login/ldap-config-1")),
            Map.entry("LeaseRecord", List.of("lease/lease", "lease/pointer-1")),
            Map.entry("Mapping", List.of("login/ldap-group-1", "login/ldap-user-1")),
            Map.entry("Moves", List.of("mount/moves")),
            Map.entry("PasswordPolicyRoutes", List.of("policy/password-1")),
            Map.entry(
                    "PendingRekey",
                    List.of("ceremony/pending-anybody-1", "ceremony/pending-share-1", "ceremony/pending-token-1")),
            Map.entry("Quotas", List.of("mount/quotas")),
            Map.entry("RevocationList", List.of("login/cert-list-1")),
            Map.entry("RewrapRecord", List.of("rewrap/run-1", "rewrap/run-ended-1")),
            Map.entry("RewrapSettings", List.of("rewrap/settings-1")),
            Map.entry("Role", List.of("login/approle-role-1")),
            Map.entry("RotationConfig", List.of("term/rotation-1")),
            Map.entry("RotationRecord", List.of("ceremony/rotation-1")),
            Map.entry("SecretId", List.of("login/approle-secret-id-1")),
            Map.entry("Settings", List.of("kv/settings-1")),
            Map.entry("ShareBackup", List.of("ceremony/backup-1")),
            Map.entry("ShareHolders", List.of("ceremony/holder-1", "ceremony/holder-checked-1")),
            Map.entry("StoredPolicy", List.of("policy/policy-1")),
            Map.entry("TokenRecord", List.of("token/token", "token/root")),
            Map.entry("TokenRole", List.of("token/role")),
            Map.entry("UnversionedRecord", List.of("kv/unversioned-1")),
            Map.entry("UpgradeRecord", List.of("kv/upgrade-1")),
            Map.entry("User", List.of("login/userpass-user-1")),
            Map.entry("VersionRecord", List.of("kv/version-1"))));

    /// Those whose form stands in the text of a test.
    private static final Set<String> IN_TESTS =
            Set.of("Alias", "Entity", "Group", "MountRecord", "MountTable", "Pointer");

    /// What was fetched from an issuer, and logins that somebody has begun: of use for minutes.
    private static final Set<String> PASSING = Set.of("Journey", "KeySource", "Provider");

    @Test
    void everyRecordHasAFileForEachOfItsForms() {
        Set<String> reading = Source.main()
                .filter(source -> source.text().contains("StoredRecord.open("))
                .map(source -> Path.of(source.path()).getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        Set<String> known = new TreeSet<>(FILES.keySet());
        known.addAll(IN_TESTS);
        known.addAll(PASSING);
        assertThat(known).containsExactlyInAnyOrderElementsOf(reading);
    }

    @Test
    void everyFileIsThereAndSomeTestReadsIt() {
        Map<String, String> tests = new HashMap<>();
        Source.ALL.stream()
                .filter(source ->
                        source.path().contains("/src/test/") && !source.path().endsWith("FormatsTest.java"))
                .forEach(source -> tests.put(source.path(), source.text()));
        FILES.values().stream().flatMap(List::stream).forEach(file -> {
            assertThat(Files.isRegularFile(GOLDEN.resolve(file + ".json")))
                    .as(file)
                    .isTrue();
            String name = file.substring(file.indexOf('/') + 1);
            assertThat(tests.values()).as("a test of " + file).anyMatch(text -> text.contains(name));
        });
    }
}
