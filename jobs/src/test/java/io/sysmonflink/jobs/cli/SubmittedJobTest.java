package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.WebSubmissionJobClient;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.internal.TableResultImpl;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;

class SubmittedJobTest {

  private final JobID id = new JobID();

  @Test
  void jobOfTheRestApiCannotBeAwaited() {
    SubmittedJob job = new SubmittedJob(result().jobClient(new WebSubmissionJobClient(id)).build());
    assertThat(job.canBeAwaited()).isFalse();
    assertThat(job.id()).isEqualTo(id.toHexString());
  }

  @Test
  void everyOtherCan() {
    assertThat(new SubmittedJob(result().build()).canBeAwaited()).isTrue();
  }

  private static TableResultImpl.Builder result() {
    return TableResultImpl.builder()
        .resultKind(ResultKind.SUCCESS_WITH_CONTENT)
        .schema(ResolvedSchema.of(Column.physical("rows", DataTypes.BIGINT())))
        .data(List.of());
  }
}
