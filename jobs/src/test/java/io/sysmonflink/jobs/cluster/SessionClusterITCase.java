package io.sysmonflink.jobs.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.jobs.Detect;
import io.sysmonflink.jobs.regression.Evidence;
import io.sysmonflink.jobs.regression.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar under {@code flink run}, on a cluster that several jobs share. */
@ExtendWith(ProcessLogs.class)
class SessionClusterITCase {

  private static final Duration RUN = Duration.ofSeconds(90);
  private static final List<String> TO = List.of("--to", "2024-11-25T00:00:00Z");

  private static FlinkCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start(@TempDir Path home, Path logs) throws IOException {
    cluster = FlinkCluster.session(home, logs, 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void writesWhatARunInOneProcessWritesAndSummarizes() throws Exception {
    Evidence logs = TestData.logs();
    Path output = folder.resolve("cluster");
    FlinkProcess client =
        cluster.submit(List.of(), arguments(logs.folder().toString(), output.toString()));
    assertThat(client.exitStatus(RUN)).isZero();

    Path embedded = folder.resolve("embedded");
    String summary = embedded(logs.folder().toString(), embedded.toString());
    WrittenOutput written = WrittenOutput.in(output);
    assertThat(written).isEqualTo(WrittenOutput.in(embedded));
    logs.expected()
        .forEach(
            (detection, rows) ->
                assertThat(written.rows(detection)).containsExactlyInAnyOrderElementsOf(rows));
    assertThat(client.err()).isEqualTo(summary).contains("windows_abused_web_services");

    JsonNode job = newestJob();
    assertThat(job.required("name").textValue()).isEqualTo("detect backfill");
    JsonNode config = cluster.rest().executionConfig(job.required("jid").textValue());
    assertThat(config.required("job-parallelism").intValue()).isEqualTo(4);
    System.err.println(config);
  }

  private JsonNode newestJob() throws IOException, InterruptedException {
    List<String> ids = cluster.rest().jobs();
    return cluster.rest().job(ids.get(ids.size() - 1));
  }

  private static List<String> arguments(String input, String output) {
    return List.of("backfill", "--input", input, "--output", output, TO.get(0), TO.get(1));
  }

  /** Runs the job in this process. */
  private static String embedded(String input, String output) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(bytes, true, UTF_8);
    int status = Detect.run(stream, stream, arguments(input, output).toArray(String[]::new));
    assertThat(status).as(() -> bytes.toString(UTF_8)).isZero();
    return bytes.toString(UTF_8);
  }
}
