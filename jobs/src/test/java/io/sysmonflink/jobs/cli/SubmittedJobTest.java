package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.WebSubmissionJobClient;
import org.apache.flink.table.api.internal.TableResultImpl;
import org.junit.jupiter.api.Test;

class SubmittedJobTest {

  private final JobID id = new JobID();

  @Test
  void jobOfTheRestApiCannotBeAwaited() {
    SubmittedJob job =
        new SubmittedJob(
            TableResultImpl.builder().jobClient(new WebSubmissionJobClient(id)).build());
    assertThat(job.canBeAwaited()).isFalse();
    assertThat(job.id()).isEqualTo(id.toHexString());
  }

  @Test
  void everyOtherCan() {
    assertThat(new SubmittedJob(TableResultImpl.builder().build()).canBeAwaited()).isTrue();
  }
}
