package io.sysmonflink.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.catalog.UserError;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputClaimTest {

  @TempDir Path folder;

  @Test
  void aSecondRunIsRefusedUntilTheFirstHasEnded() throws Exception {
    OutputFolder output = OutputFolder.of(folder.toString());
    try (AutoCloseable first = output.claim()) {
      assertThat(first).isNotNull();
      assertThatThrownBy(output::claim)
          .isInstanceOf(UserError.class)
          .hasMessageContaining("another run is writing there")
          .hasMessageContaining(folder + "/.running");
    }
    output.claim().close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftBehindIsTakenOver() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    String host = InetAddress.getLocalHost().getHostName();
    Files.writeString(
        folder.resolve(".running"), host + " " + ended.pid() + " 2024-11-25T00:00:00Z");

    OutputFolder.of(folder.toString()).claim().close();

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aClaimOfAnotherMachineIsNotTakenOver() throws Exception {
    Files.writeString(folder.resolve(".running"), "elsewhere.example 1 2024-11-25T00:00:00Z");
    OutputFolder output = OutputFolder.of(folder.toString());
    assertThatThrownBy(output::claim).hasMessageContaining("elsewhere.example 1");
  }

  @Test
  void theSummaryOfAnEarlierRunGoesBeforeANewOneBegins() throws Exception {
    Files.writeString(folder.resolve(RunSummary.FILE), "{}");
    OutputFolder.of(folder.toString()).claim().close();
    assertThat(folder).isEmptyDirectory();
  }
}
