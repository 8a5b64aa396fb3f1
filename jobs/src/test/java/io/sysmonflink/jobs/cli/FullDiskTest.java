package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  @TempDir private Path folder;

  @Test
  void theFoldersThatAreWrittenToAreNamedWithTheirRoom() {
    Exception failure = new RuntimeException("x", new IOException("No space left on device"));

    Exception told =
        FullDisk.explained(failure, Optional.of("file:" + folder), folder + "/a,/nowhere/at/all");

    assertThat(told.getMessage())
        .matches(
            "the disk is full: x: No space left on device; results go to "
                + folder
                + " \\(\\d+ MB free\\); temporary files to "
                + folder
                + "/a; temporary files to /nowhere/at/all");
    assertThat(told.getSuppressed()).containsExactly(failure);
  }

  @Test
  void anyOtherFailureStaysAsItIs() {
    Exception failure = new IOException("no luck");
    assertThat(FullDisk.explained(failure, Optional.of("file:" + folder), folder.toString()))
        .isSameAs(failure);
  }
}
