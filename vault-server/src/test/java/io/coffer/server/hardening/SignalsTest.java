// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SignalsTest {
    @Test
    void eachHangUpRunsTheActionThatWasGivenLast() throws Exception {
        var first = new Semaphore(0);
        var second = new Semaphore(0);
        assertThat(Signals.on("HUP", first::release)).isTrue();
        hangUp();
        assertThat(first.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Signals.on("HUP", second::release)).isTrue();
        for (int i = 0; i < 3; i++) {
            hangUp();
            assertThat(second.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(first.tryAcquire()).isFalse();
    }

    @Test
    void aSignalThatCannotBeHadIsToldAndNotThrown() {
        assertThat(Signals.on("NONESUCH", () -> {})).isFalse();
        assertThat(Signals.on("KILL", () -> {})).isFalse();
        assertThat(Signals.on("", () -> {})).isFalse();
    }

    private static void hangUp() throws Exception {
        new ProcessBuilder("kill", "-HUP", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
    }
}
