package io.sysmonflink.jobs.cli;

import org.apache.flink.client.deployment.application.WebSubmissionJobClient;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;

/** A job that Flink has taken. */
final class SubmittedJob {

  private final TableResult job;

  SubmittedJob(TableResult job) {
    this.job = job;
  }

  /** Its id, as Flink's own tools show it. */
  String id() {
    return job.getJobClient().map(JobClient::getJobID).map(Object::toString).orElse("unknown");
  }

  /**
   * Whether its end can be waited for. Flink has no way to, where the jar was started through its
   * REST API, as its web page and a FlinkSessionJob of its Kubernetes operator do.
   */
  boolean canBeAwaited() {
    return job.getJobClient().filter(WebSubmissionJobClient.class::isInstance).isEmpty();
  }

  /** Waits for its end. */
  void await() throws Exception {
    job.await();
  }
}
