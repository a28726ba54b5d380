// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.rewrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Response;
import io.coffer.core.storage.HeaderLooks;
import io.coffer.core.storage.MemoryDisk;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A secret remembers what its versions take up, so that those that fall out need not be looked at; and a
/// rewrap moves them to another term without telling it. The census is exact all the same: with assertions,
/// as here, a removal on the word of a memory that is not true fails.
class PrunedVersionsTest {
    private static final int KEPT = 3;

    private final AtomicInteger looks = new AtomicInteger();

    private TestVault vault() {
        TestVault vault = TestVault.open(TestVault.Setup.over(new HeaderLooks(new MemoryDisk(), looks)), 1, 1);
        vault.write("sys/mounts/secret", "{\"type\":\"kv-v2\"}");
        vault.write("secret/config", "{\"max_versions\":" + KEPT + "}");
        return vault;
    }

    private static void add(TestVault vault, String path, int length) {
        assertThat(vault.write("secret/data/" + path, "{\"data\":{\"k\":\"" + "x".repeat(length) + "\"}}"))
                .isInstanceOf(Response.Ok.class);
    }

    @Test
    void aVersionFallsOutWithoutALookUnlessItWasWrittenUnderAFormerTerm() {
        try (TestVault vault = vault()) {
            for (int i = 0; i < 3 * KEPT; i++) {
                add(vault, "app", i);
            }
            looks.set(0);
            add(vault, "app", 0);
            assertThat(looks).hasValue(0);
            vault.write("sys/rotate", "{\"rewrap\":true}");
            looks.set(0);
            for (int i = 0; i < KEPT; i++) {
                add(vault, "app", i);
            }
            assertThat(looks).hasValue(KEPT);
            add(vault, "app", 0);
            assertThat(looks).hasValue(KEPT);
            Moving.checkCensus(vault);
        }
    }

    @Test
    void theCensusIsExactWhileVersionsComeAndGoAndMove() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom dice = new SplittableRandom(seed);
        try (TestVault vault = vault()) {
            RewrapJob job = Moving.job(vault);
            for (int round = 0; round < 600; round++) {
                String path = "app/" + dice.nextInt(4);
                String versions = "{\"versions\":[" + (1 + dice.nextInt(8)) + "]}";
                String algorithm = dice.nextBoolean() ? "xaes256-gcm" : "aes256-gcm";
                switch (dice.nextInt(24)) {
                    case 0 ->
                        vault.write(
                                "sys/rotate",
                                "{\"algorithm\":\"" + algorithm + "\",\"rewrap\":" + dice.nextBoolean() + "}");
                    case 1 -> vault.write("sys/rewrap", "{}");
                    case 2, 3 -> vault.vault().unsealed(job::step);
                    case 4, 5 -> vault.write("secret/destroy/" + path, versions);
                    case 6, 7 -> vault.write("secret/delete/" + path, versions);
                    case 8 -> vault.write("secret/undelete/" + path, versions);
                    case 9 -> vault.delete("secret/metadata/" + path);
                    case 10 -> vault.write("secret/metadata/" + path, "{\"max_versions\":" + dice.nextInt(1, 5) + "}");
                    default -> add(vault, path, dice.nextInt(60));
                }
                if (round % 20 == 0) {
                    Moving.checkCensus(vault);
                }
            }
            Moving.checkCensus(vault);
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
    }
}
