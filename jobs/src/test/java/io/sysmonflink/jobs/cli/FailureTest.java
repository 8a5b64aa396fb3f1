package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void theInnermostMessagesCountAndNotTheWrapping() {
    Exception cause =
        new IOException(
            "cannot read file:/logs/a.gz", new EOFException("Unexpected end of ZLIB input stream"));
    Exception failure =
        new ExecutionException(
            new RuntimeException(
                "Job execution failed.",
                new RuntimeException("One or more fetchers have encountered exception", cause)));

    assertThat(Failure.reason(failure))
        .isEqualTo("cannot read file:/logs/a.gz: Unexpected end of ZLIB input stream");
  }

  @Test
  void aBareNameIsGivenItsKind() {
    assertThat(Failure.reason(new NoSuchFileException("/logs/a.xml")))
        .isEqualTo("/logs/a.xml (NoSuchFileException)");
  }

  @Test
  void aFailureWithoutWordsIsCalledByItsKind() {
    assertThat(Failure.reason(new RuntimeException(new NullPointerException())))
        .contains("NullPointerException");
  }
}
