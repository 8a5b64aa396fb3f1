package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.DetectionPipeline;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.LiveJob;
import io.sysmonflink.jobs.pipeline.Mode;
import io.sysmonflink.jobs.pipeline.OutputTopic;
import io.sysmonflink.jobs.pipeline.RunOptions;
import io.sysmonflink.jobs.pipeline.SqlErrors;
import io.sysmonflink.jobs.report.Printable;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect live}: searches events as they come, until it is stopped. */
@Command(
    name = "live",
    description =
        "Searches Sysmon events in Kafka as they come, until it is stopped. A row says what a search over the 14 days"
            + " up to its newest event would.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  detect live --brokers localhost:9092 --topic sysmon --output console",
      "  detect live --brokers k1:9092,k2:9092 --topic-pattern 'sysmon-.*' --delivery exactly-once \\",
      "    --kafka-properties client.properties -Dexecution.checkpointing.dir=s3://bucket/checkpoints"
    })
final class LiveCommand implements Callable<Integer> {

  private static final String CONSOLE = "console";
  private static final String KAFKA = "kafka";

  @Spec private CommandSpec spec;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = KAFKA,
      description = "The file in sources/ that says how to read; default: ${DEFAULT-VALUE}.")
  private String source;

  @Option(
      names = "--start",
      paramLabel = "Nd|earliest|latest|T",
      defaultValue = "14d",
      description =
          "Where to start: so many days back, at the first or behind the last message, or at a time;"
              + " default: ${DEFAULT-VALUE}. A job that goes on from a savepoint or checkpoint goes on"
              + " where it was.")
  private String start;

  @Mixin private DetectionsOption detections;

  @Option(
      names = "--output",
      paramLabel = "console",
      description = "console: show everything as lines of JSON on standard output instead.")
  private String output;

  @Option(
      names = "--sink",
      paramLabel = "NAME",
      description = "The folder in sinks/ that says how to write; default: " + KAFKA + ".")
  private String sink;

  @Option(
      names = "--slot-sharing-group",
      paramLabel = "NAME",
      description = "The job's slot sharing group; default: Flink's.")
  private String slotSharingGroup;

  @Mixin private CatalogOptions catalogOptions;

  @Mixin private SqlSettings settings;

  @Mixin private FlinkOptions flink;

  /** How long the job may go on without a checkpoint; known when the topics are. */
  private Optional<Duration> withoutCheckpoint = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Catalog catalog = catalogOptions.load();
    StartOption from = StartOption.of(start, Instant.now());
    KafkaSettings kafkaSettings =
        kafka.settings(from.window(), from.kafkaMode(), false, settings.values());
    RunOptions options =
        RunOptions.builder(Mode.LIVE)
            .detections(detections.select(catalog))
            .source(source)
            .sinks(sinks())
            .window(from.window())
            .kafka(kafkaSettings)
            .settings(settings.values())
            .build();
    StreamTableEnvironment tables = flink.tableEnvironment(Mode.LIVE, options.detections().size());
    DetectionPipeline.Assembled run =
        new DetectionPipeline(tables, catalog, options)
            .assemble(topics -> checked(kafkaSettings, topics));
    JobDefaults.setIdleState(tables.getConfig(), run.reach());
    PrintWriter err = spec.commandLine().getErr();
    JobClient job;
    try {
      job =
          LiveJob.start(
              flink.environment(), run, Optional.ofNullable(slotSharingGroup), withoutCheckpoint);
    } catch (Exception | StackOverflowError e) {
      if (SqlErrors.isTooDeep(e)) {
        throw SqlErrors.tooDeep(options.detections(), e);
      }
      throw e;
    }
    err.println("detect: running, job " + job.getJobID());
    if (flink.isAttached()) {
      Optional<JobWatch> watch =
          flink
              .restAddress()
              .map(
                  rest ->
                      new JobWatch(
                              rest,
                              job.getJobID(),
                              withoutCheckpoint,
                              flink.checkpoints(),
                              this::report,
                              Clock.systemUTC())
                          .start());
      try {
        job.getJobExecutionResult().get();
      } finally {
        watch.ifPresent(JobWatch::close);
      }
    }
    return 0;
  }

  private void report(String line) {
    spec.commandLine().getErr().println("detect: " + Printable.line(Secrets.hidden(line)));
  }

  /** How large a message each topic takes that is written to, where that could be read. */
  private Map<String, Integer> checked(KafkaSettings kafkaSettings, List<OutputTopic> topics) {
    withoutCheckpoint = OutputTopic.withoutCheckpoint(topics);
    TopicCheck check;
    try {
      check = TopicCheck.of(kafkaSettings, topics, flink.isEmbedded());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it asked the brokers", e);
    }
    List<String> lines = new ArrayList<>(check.warnings());
    lines.addAll(check.errors());
    Optional<String> error =
        check.errors().isEmpty() ? Optional.empty() : Optional.of(lines.remove(lines.size() - 1));
    lines.forEach(this::report);
    error.ifPresent(
        last -> {
          throw new UserError(last);
        });
    return check.maxMessageBytes();
  }

  private String sinks() {
    if (output == null) {
      return sink == null ? KAFKA : sink;
    }
    if (!output.equals(CONSOLE)) {
      throw new UserError("--output " + output + ": must be console; --sink says where else");
    }
    if (sink != null) {
      throw new UserError("--output and --sink exclude each other");
    }
    if (!flink.isEmbedded()) {
      throw new UserError("--output console works where the job runs in this process");
    }
    return CONSOLE;
  }
}
