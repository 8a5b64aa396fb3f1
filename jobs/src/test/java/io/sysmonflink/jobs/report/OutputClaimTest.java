package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.catalog.UserError;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputClaimTest {

  @TempDir Path folder;

  @Test
  void aSecondRunIsRefusedUntilTheFirstHasEnded() throws Exception {
    OutputFolder output = OutputFolder.of(folder.toString());
    try (OutputClaim first = output.claim(true).orElseThrow()) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> output.claim(true))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another run is writing there")
          .hasMessageContaining(folder + "/.running");
    }
    output.claim(true).orElseThrow().close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftBehindIsTakenOver() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String host = InetAddress.getLocalHost().getHostName();
    Files.writeString(
        folder.resolve(".running"), host + " " + ended.pid() + " 2024-11-25T00:00:00Z");

    OutputFolder.of(folder.toString()).claim(true).orElseThrow().close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClaimOfAnotherMachineIsNotTakenOver() throws Exception {
    Files.writeString(folder.resolve(".running"), "elsewhere.example 1 2024-11-25T00:00:00Z");
    OutputFolder output = OutputFolder.of(folder.toString());
    assertThatThrownBy(() -> output.claim(true)).hasMessageContaining("elsewhere.example 1");
  }

  @Test
  void theSummaryOfAnEarlierRunGoesBeforeANewOneBegins() throws Exception {
    Files.writeString(folder.resolve(RunSummary.FILE), "{}");
    OutputFolder.of(folder.toString()).claim(true).orElseThrow().close();
    assertThat(folder).isEmptyDirectory();
  }

  /** Each line: a process, when it took the folder, on which boot, and whether it may live. */
  @ParameterizedTest
  @CsvSource({
    "own, 2024-11-25T00:00:00Z, this, false", // of a container before this one
    "own, 2999-01-01T00:00:00Z, this, false",
    "parent, 2999-01-01T00:00:00Z, this, true",
    "parent, 2999-01-01T00:00:00Z, other, false",
    "parent, 2024-11-25T00:00:00Z, this, false", // begun after that
    "parent, yesterday, this, true",
  })
  void aNumberAloneIsNoProcess(String process, String written, String boot, boolean lives)
      throws Exception {
    ProcessHandle own = ProcessHandle.current();
    long pid = (process.equals("own") ? own : own.parent().orElseThrow()).pid();
    String thisBoot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    String host = InetAddress.getLocalHost().getHostName();
    Files.writeString(
        folder.resolve(".running"),
        String.join(
            " ",
            host,
            String.valueOf(pid),
            written,
            boot.equals("this") ? thisBoot : "5f7d6f0e-0000-4000-8000-000000000000",
            "here"));
    OutputFolder output = OutputFolder.of(folder.toString());

    if (lives) {
      assertThatThrownBy(() -> output.claim(true)).hasMessageContaining("another run is writing");
    } else {
      output.claim(true).orElseThrow().close();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatADeadRunHasNotFinishedIsRemoved() throws Exception {
    Path table = Files.createDirectories(folder.resolve("dead_letter/.staging_1/task-0"));
    Files.writeString(table.resolve("part-0"), "{}");
    Path detection = Files.createDirectories(folder.resolve("detection_results/any/.staging_2_x"));
    Path own = Files.createDirectories(folder.resolve("mine/.stage"));

    OutputClaim claim = OutputFolder.of(folder.toString()).claim(true).orElseThrow();

    assertThat(folder.resolve("dead_letter")).isEmptyDirectory();
    assertThat(detection).doesNotExist();
    assertThat(own).exists();

    Files.createDirectories(detection);
    claim.failed();
    assertThat(detection).doesNotExist();
    claim.close();
  }

  @Test
  void whatAJobOnAClusterMayStillFinishIsLeftAlone() throws Exception {
    OutputFolder output = OutputFolder.of(folder.toString());
    Path table = folder.resolve("dead_letter/.staging_1");
    try (OutputClaim first = output.claim(false).orElseThrow()) {
      Files.createDirectories(table);
      first.leaveToJob();
    }
    output.claim(false).orElseThrow().close();
    assertThat(table).exists();

    Files.delete(table); // as when the job has ended
    output.claim(false).orElseThrow().close();
    Files.createDirectories(table);
    output.claim(false).orElseThrow().close();
    assertThat(table).doesNotExist();
  }
}
