package io.sysmonflink.jobs.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source of nothing that fails the job where no checkpoint was done for too long.
 *
 * <p>Kafka's brokers end a transaction that lasts too long, and what was written in it is gone.
 * Flink commits one that was ended so without a failure when a checkpoint is done at last, and goes
 * on. Where the job fails before, it goes back to its last checkpoint and writes all of it again.
 * Only a failure of an enumerator brings the whole job back: one of a task may spare the sinks.
 */
final class CheckpointGuard implements Source<Integer, CheckpointGuard.None, CheckpointGuard.None> {

  private static final long serialVersionUID = 1L;
  private static final long PAUSE_MILLIS = 1000;

  private final Duration limit;

  /**
   * A guard.
   *
   * @param limit how long the job may go on after the begin of a checkpoint that was completed
   */
  CheckpointGuard(Duration limit) {
    this.limit = limit;
  }

  /** There is nothing to read, and nothing to remember. */
  record None() implements SourceSplit {

    @Override
    public String splitId() {
      return "none";
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<None, None> createEnumerator(SplitEnumeratorContext<None> context) {
    return new Guard(context, limit);
  }

  @Override
  public SplitEnumerator<None, None> restoreEnumerator(
      SplitEnumeratorContext<None> context, None checkpoint) {
    return new Guard(context, limit);
  }

  @Override
  public SourceReader<Integer, None> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SimpleVersionedSerializer<None> getSplitSerializer() {
    return new NoneSerializer();
  }

  @Override
  public SimpleVersionedSerializer<None> getEnumeratorCheckpointSerializer() {
    return new NoneSerializer();
  }

  /** Runs in the JobManager, and anew whenever the whole job goes back to a checkpoint. */
  private static final class Guard implements SplitEnumerator<None, None> {

    private final SplitEnumeratorContext<None> context;
    private final Duration limit;
    private final Map<Long, Long> begins = new HashMap<>();
    private long lastNanos = System.nanoTime();

    Guard(SplitEnumeratorContext<None> context, Duration limit) {
      this.context = context;
      this.limit = limit;
    }

    @Override
    public void start() {
      context.callAsync(() -> null, (nothing, failure) -> check(), PAUSE_MILLIS, PAUSE_MILLIS);
    }

    private void check() {
      if (System.nanoTime() - lastNanos > limit.toNanos()) {
        throw new IllegalStateException(
            "no checkpoint was done for "
                + limit.toSeconds()
                + " s: the job goes back to the last, before the brokers end its transactions");
      }
    }

    @Override
    public None snapshotState(long checkpointId) {
      check();
      begins.put(checkpointId, System.nanoTime());
      return new None();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      Long begin = begins.get(checkpointId);
      if (begin != null) {
        lastNanos = begin;
      }
      begins.keySet().removeIf(id -> id <= checkpointId);
    }

    @Override
    public void handleSplitRequest(int subtaskId, String requesterHostname) {}

    @Override
    public void addSplitsBack(List<None> splits, int subtaskId) {}

    @Override
    public void addReader(int subtaskId) {}

    @Override
    public void close() {}
  }

  /** Waits. */
  private static final class Reader implements SourceReader<Integer, None> {

    private final CompletableFuture<Void> never = new CompletableFuture<>();

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<Integer> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<None> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return never;
    }

    @Override
    public void addSplits(List<None> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
  }

  private static final class NoneSerializer implements SimpleVersionedSerializer<None> {

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(None none) {
      return new byte[0];
    }

    @Override
    public None deserialize(int version, byte[] serialized) throws IOException {
      return new None();
    }
  }
}
