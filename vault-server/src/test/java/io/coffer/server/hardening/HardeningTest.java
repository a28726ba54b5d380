// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
final class HardeningTest {
    @Test
    void aProcessGivesUpCoreDumpsAndFilesForOthersAndSaysWhatItCouldNotHave() throws Exception {
        String printed = Child.run(HardeningProbe.class);
        assertThat(printed)
                .contains("core 0")
                .contains("umask 0077")
                .contains("dumpable false")
                .contains("warning programs of the same user can attach")
                .contains("signals HUP=true TERM=true");
        assertThat(Child.run(HardeningProbe.class, "-XX:+DisableAttachMechanism"))
                .doesNotContain("warning");
    }

    @Test
    void aThreadDumpNamesThisThread() {
        assertThat(ThreadDump.take()).contains(Thread.currentThread().getName()).contains("aThreadDumpNamesThisThread");
    }
}
