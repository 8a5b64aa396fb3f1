package io.sysmonflink.files;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

/**
 * Hands splits to the readers that ask for one, ahead of need.
 *
 * <p>Flink's own enumerator gives one at a time. Then a reader runs dry after each split, stops the
 * thread that reads, asks, waits for the answer over RPC and starts another thread, which for a
 * small file takes a hundred times as long as reading it. Here a reader has splits in hand for as
 * long as they are small together. Of large ones it has a next one besides the one that it reads,
 * unless that takes long or the last ones are handed out, so that others get their share.
 */
final class QueueingEnumerator
    implements SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> {

  /** A reader gets more when it has less than this in hand, and then twice as much. */
  private static final long FEW_BYTES = 1 << 20;

  private static final int FEW_SPLITS = 64;

  /** A larger split takes long to read. */
  private static final long SOON_READ_BYTES = 128 << 20;

  private final SplitEnumeratorContext<FileSourceSplit> context;
  private final FileSplitAssigner splits;

  /** The sizes of the splits that each reader has in hand. It reads them in their order. */
  private final Map<Integer, Deque<Long>> inHand = new HashMap<>();

  /** How many splits are not handed out. */
  private int left;

  QueueingEnumerator(SplitEnumeratorContext<FileSourceSplit> context, FileSplitAssigner splits) {
    this.context = context;
    this.splits = splits;
    this.left = splits.remainingSplits().size();
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
    List<FileSourceSplit> more = new ArrayList<>();
    if (sizes.isEmpty() || isFew(sizes, FEW_BYTES, FEW_SPLITS)) {
      while (left > 0 && (sizes.isEmpty() || isFew(sizes, 2 * FEW_BYTES, 2 * FEW_SPLITS))) {
        take(host, sizes, more);
      }
    }
    if (sizes.size() == 1
        && sizes.getFirst() <= SOON_READ_BYTES
        && left > context.currentParallelism()) {
      take(host, sizes, more);
    }
    if (!more.isEmpty()) {
      context.assignSplits(new SplitsAssignment<>(Map.of(reader, more)));
    } else if (sizes.isEmpty()) {
      context.signalNoMoreSplits(reader);
    }
  }

  private static boolean isFew(Deque<Long> sizes, long bytes, int splits) {
    return sizes.size() < splits && sizes.stream().mapToLong(Long::longValue).sum() < bytes;
  }

  private void take(String host, Deque<Long> sizes, List<FileSourceSplit> target) {
    FileSourceSplit split = splits.getNext(host).orElseThrow();
    left--;
    target.add(split);
    sizes.addLast(split.length());
  }

  @Override
  public void addSplitsBack(List<FileSourceSplit> back, int reader) {
    inHand.remove(reader);
    splits.addSplits(back);
    left += back.size();
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
