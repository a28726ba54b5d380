// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.CorruptedException;
import io.coffer.core.Event;
import io.coffer.core.StorageUnavailableException;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.server.config.LogConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class LoggingTest {
    private interface Lines {
        void write(Logger core);
    }

    private static String logged(LogConfig.Format format, LogConfig.Level level, Lines lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Logging logging = Logging.start(new LogConfig(LogConfig.Level.ERROR, format, Optional.empty()), out)) {
            logging.level(level);
            lines.write(LoggerFactory.getLogger("core"));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLineForPeopleHasTimeLevelNameAndText() throws IOException {
        String text = logged(LogConfig.Format.STANDARD, LogConfig.Level.INFO, core -> {
            core.debug("not this");
            core.atInfo()
                    .setMessage("hello")
                    .addKeyValue("a", 1)
                    .addKeyValue("b", "x y")
                    .log();
            core.error("bad");
        });
        assertThat(text.split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches(
                                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z \\[INFO]  core: hello: a=1 b=\"x y\""),
                        line -> assertThat(line).endsWith("Z [ERROR] core: bad"));
    }

    @Test
    void aLineForMachinesIsOneJsonObject() throws IOException {
        String text = logged(LogConfig.Format.JSON, LogConfig.Level.INFO, core -> core.atWarn()
                .setMessage("say \"hello\"\n")
                .addKeyValue("n", 2)
                .log());
        Json.Obj line = JsonText.DEFAULT.parseObject(text.getBytes(StandardCharsets.UTF_8));
        assertThat(line.get("@level")).isEqualTo(Json.of("warn"));
        assertThat(line.get("@message")).isEqualTo(Json.of("say \"hello\"\n"));
        assertThat(line.get("@module")).isEqualTo(Json.of("core"));
        assertThat(line.get("n")).isEqualTo(Json.of("2"));
    }

    @Test
    void nobodyStartsALineOfHisOwn() throws IOException {
        String text = logged(LogConfig.Format.STANDARD, LogConfig.Level.INFO, core -> core.atInfo()
                .setMessage("a\n2026-01-01T00:00:00.000Z [INFO]  core: forged\u2028")
                .addKeyValue("k", "x\r\ny\"z")
                .log());
        assertThat(text.strip().lines()).hasSize(1);
        assertThat(text).contains("a\\u000a2026").contains("x\\u000d\\u000ay");
    }

    @Test
    void whereADefectHappenedIsLoggedAndOnlyOurOwnExceptionsMayAddATextToIt() throws IOException {
        List<Throwable> foreign = List.of(
                new IllegalStateException("hvs.secret"),
                new URISyntaxException("hvs.secret", "no"),
                new NumberFormatException("For input string: hvs.secret"),
                new NoSuchFileException("hvs.secret"),
                new SSLException("hvs.secret"),
                new UncheckedIOException("hvs.secret", new IOException("hvs.secret")));
        for (Throwable thrown : foreign) {
            Throwable ours = new StorageUnavailableException("the disk is full", thrown);
            for (Throwable defect : List.of(thrown, ours, new IllegalStateException("hvs.secret", ours))) {
                for (LogConfig.Format format : LogConfig.Format.values()) {
                    String text = logged(format, LogConfig.Level.INFO, core -> new EventLog()
                            .observe(new Event.RequestCrashed("id-1", defect)));
                    assertThat(text)
                            .contains("id-1")
                            .contains(thrown.getClass().getName())
                            .contains("whereADefectHappenedIsLogged")
                            .doesNotContain("hvs.secret");
                    assertThat(text.contains("the disk is full")).isEqualTo(defect != thrown);
                }
            }
        }
    }

    @Test
    void damageThatARequestMeetsIsOneLineWithTheNameAndNoValueAndIsNoDefectToReport() throws IOException {
        Throwable parsed = new NumberFormatException("For input string: hvs.secret");
        Throwable damage = new CorruptedException(
                "the value of kv:a does not open", new CorruptedException("7.sst is damaged", parsed));
        for (LogConfig.Format format : LogConfig.Format.values()) {
            String text = logged(
                    format, LogConfig.Level.ERROR, core -> new EventLog().observe(new Event.DamageMet("id-1", damage)));
            assertThat(text.strip().lines()).hasSize(1);
            assertThat(text)
                    .contains("id-1", "the value of kv:a does not open: 7.sst is damaged")
                    .doesNotContain("hvs.secret")
                    .doesNotContain("report");
        }
    }

    @Test
    void theLevelChangesAtOnceAndLibrariesStayQuiet() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Logging logging = Logging.start(LogConfig.DEFAULT, out)) {
            Logger core = LoggerFactory.getLogger("core");
            core.debug("one");
            logging.level(LogConfig.Level.DEBUG);
            core.debug("two");
            LoggerFactory.getLogger("io.netty.x").info("three");
            logging.level(LogConfig.Level.ERROR);
            core.warn("four");
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("two")
                .doesNotContain("one")
                .doesNotContain("three")
                .doesNotContain("four");
    }

    @Test
    void aFileThatWasMovedAwayIsMadeAnew(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("coffer.log");
        LogConfig config = new LogConfig(LogConfig.Level.INFO, LogConfig.Format.STANDARD, Optional.of(file));
        Path moved = folder.resolve("old.log");
        try (Logging logging = Logging.start(config, new ByteArrayOutputStream())) {
            Logger core = LoggerFactory.getLogger("core");
            core.info("first");
            org.awaitility.Awaitility.await().until(() -> Files.readString(file).contains("first"));
            Files.move(file, moved);
            logging.reopen();
            core.info("second");
        }
        assertThat(Files.readString(moved)).contains("first").doesNotContain("second");
        assertThat(Files.readString(file)).contains("second");
    }
}
