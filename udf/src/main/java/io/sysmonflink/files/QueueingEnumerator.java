package io.sysmonflink.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

/**
 * Hands splits to the readers that ask for one, and small ones ahead of need.
 *
 * <p>Flink's own enumerator gives one at a time. Then a reader runs dry after each file, stops the
 * thread that reads, asks, waits for the answer over RPC and starts another thread, which for a
 * small file takes a hundred times as long as reading it. Here a reader has splits in hand for as
 * long as they are small together; of large ones it has one, so that others get their share.
 */
final class QueueingEnumerator
    implements SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> {

  /** A reader gets more when it has less than this in hand, and then twice as much. */
  private static final long FEW_BYTES = 1 << 20;

  private static final int FEW_SPLITS = 64;

  private final SplitEnumeratorContext<FileSourceSplit> context;
  private final FileSplitAssigner splits;

  /** The sizes of the splits that each reader has in hand. It reads them in their order. */
  private final Map<Integer, Deque<Long>> inHand = new HashMap<>();

  QueueingEnumerator(SplitEnumeratorContext<FileSourceSplit> context, FileSplitAssigner splits) {
    this.context = context;
    this.splits = splits;
  }

  @Override
  public void start() {
    // The readers ask.
  }

  /** Called once when a reader starts, then each time that it has finished a split. */
  @Override
  public void handleSplitRequest(int reader, String host) {
    if (!context.registeredReaders().containsKey(reader)) {
      return; // it failed in the meantime
    }
    Deque<Long> sizes = inHand.computeIfAbsent(reader, r -> new ArrayDeque<>());
    sizes.pollFirst();
    long bytes = sizes.stream().mapToLong(Long::longValue).sum();
    if (!sizes.isEmpty() && (bytes >= FEW_BYTES || sizes.size() >= FEW_SPLITS)) {
      return;
    }
    List<FileSourceSplit> more = new ArrayList<>();
    while (sizes.isEmpty() || (bytes < 2 * FEW_BYTES && sizes.size() < 2 * FEW_SPLITS)) {
      Optional<FileSourceSplit> split = splits.getNext(host);
      if (split.isEmpty()) {
        break;
      }
      more.add(split.get());
      sizes.addLast(split.get().length());
      bytes += split.get().length();
    }
    if (!more.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(reader, more)));
    } else if (sizes.isEmpty()) {
      context.signalNoMoreSplits(reader);
    }
  }

  @Override
  public void addSplitsBack(List<FileSourceSplit> back, int reader) {
    inHand.remove(reader);
    splits.addSplits(back);
  }

  @Override
  public void addReader(int reader) {
    // It asks.
  }

  @Override
  public PendingSplitsCheckpoint<FileSourceSplit> snapshotState(long checkpointId) {
    return PendingSplitsCheckpoint.fromCollectionSnapshot(splits.remainingSplits());
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
