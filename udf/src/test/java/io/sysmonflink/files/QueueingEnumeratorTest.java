package io.sysmonflink.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.SimpleSplitAssigner;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueingEnumeratorTest {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private final MockSplitEnumeratorContext<FileSourceSplit> context =
      new MockSplitEnumeratorContext<>(2);

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  /** A reader that has done with a split asks again, in the order in which it got them. */
  @ParameterizedTest
  @CsvSource({
    "no split at all, 0, 1, 0, ''",
    "a large one and the next, 9, 134217728, 0, '2'",
    "and a next one for each that is done, 9, 134217728, 2, '2 1 1'",
    "a large one alone where no more are left than there are readers, 3, 67108864, 0, '1'",
    "so that the last ones go to who asks, 6, 67108864, 5, '2 1 1 1 1'",
    "a huge one alone, 9, 134217729, 0, '1'",
    "and the next when it is done, 9, 134217729, 2, '1 1 1'",
    "of half a MiB two MiB in hand, 10, 524288, 0, '4'",
    "more only when less than one MiB is left, 10, 524288, 2, '4'",
    "and then up to two again, 10, 524288, 3, '4 3'",
    "128 of the smallest, 300, 1, 0, '128'",
    "more only when less than 64 are left, 300, 1, 64, '128'",
    "and then up to 128 again, 300, 1, 65, '128 65'",
    "empty files too, 3, 0, 0, '3'",
  })
  void aReaderHasAFewSmallSplitsInHandOrALargeOneAndTheNext(
      String what, int splits, long size, int done, String assigned) {
    QueueingEnumerator enumerator = enumerator(splits(splits, size));
    register(0);
    for (int request = 0; request <= done; request++) {
      enumerator.handleSplitRequest(0, "host");
    }
    assertThat(String.join(" ", batches(0).stream().map(b -> "" + b.size()).toList()))
        .isEqualTo(assigned);
    assertThat(context.hasNoMoreSplits(0)).isEqualTo(splits == 0);
  }

  @Test
  void whoAsksGetsOthersUntilNoneIsLeftAndEachIsToldWhenItHasNone() {
    List<FileSourceSplit> splits = splits(3, 64 * MIB);
    QueueingEnumerator enumerator = enumerator(splits);
    register(0);
    register(1);
    enumerator.handleSplitRequest(0, "host");
    enumerator.handleSplitRequest(1, "host");
    enumerator.handleSplitRequest(0, "host");
    assertThat(all(0)).hasSize(2).doesNotContainAnyElementsOf(all(1));
    assertThat(all(0, 1)).containsExactlyInAnyOrderElementsOf(splits);
    enumerator.handleSplitRequest(1, "host");
    assertThat(context.hasNoMoreSplits(1)).isTrue();
    assertThat(context.hasNoMoreSplits(0)).as("it still reads").isFalse();
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.hasNoMoreSplits(0)).isTrue();
  }

  @Test
  void aReaderWithSmallSplitsInHandIsNotToldThatThereAreNoMore() {
    QueueingEnumerator enumerator = enumerator(splits(2, 1));
    register(0);
    enumerator.handleSplitRequest(0, "host");
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.hasNoMoreSplits(0)).as("one is in hand").isFalse();
    enumerator.handleSplitRequest(0, "host");
    assertThat(context.hasNoMoreSplits(0)).isTrue();
    assertThat(all(0)).hasSize(2);
  }

  @Test
  void theSplitsOfAFailedReaderGoToWhoAsksAndItsSuccessorStartsWithNothingInHand() {
    List<FileSourceSplit> splits = splits(4, 512 * KIB);
    QueueingEnumerator enumerator = enumerator(splits);
    register(0);
    enumerator.handleSplitRequest(0, "host");
    assertThat(all(0)).hasSize(4);
    context.unregisterReader(0);
    enumerator.addSplitsBack(List.copyOf(all(0)), 0);
    enumerator.handleSplitRequest(0, "host");
    assertThat(batches(0)).as("it is gone").hasSize(1);

    register(0);
    enumerator.handleSplitRequest(0, "host");
    assertThat(batches(0).get(1)).containsExactlyInAnyOrderElementsOf(splits);
  }

  @Test
  void aCheckpointHoldsWhatWasNotHandedOut() throws Exception {
    List<FileSourceSplit> splits = splits(3, 64 * MIB);
    QueueingEnumerator enumerator = enumerator(splits);
    register(0);
    enumerator.handleSplitRequest(0, "host");
    var checkpoint = enumerator.snapshotState(1);
    List<FileSourceSplit> left = new ArrayList<>(splits);
    left.removeAll(all(0));
    assertThat(checkpoint.getSplits()).hasSize(2).containsExactlyInAnyOrderElementsOf(left);

    QueueingEnumerator restored = enumerator(List.copyOf(checkpoint.getSplits()));
    register(1);
    for (int request = 0; request < 3; request++) {
      restored.handleSplitRequest(1, "host");
    }
    assertThat(all(1)).containsExactlyInAnyOrderElementsOf(left);
    assertThat(context.hasNoMoreSplits(1)).isTrue();
  }

  private QueueingEnumerator enumerator(List<FileSourceSplit> splits) {
    return new QueueingEnumerator(context, new SimpleSplitAssigner(splits));
  }

  private void register(int reader) {
    context.registerReader(new ReaderInfo(reader, "host"));
  }

  private List<List<FileSourceSplit>> batches(int reader) {
    return context.getSplitsAssignmentSequence().stream()
        .map(assignment -> assignment.assignment().get(reader))
        .filter(splits -> splits != null)
        .toList();
  }

  private List<FileSourceSplit> all(int... readers) {
    return IntStream.of(readers)
        .boxed()
        .flatMap(reader -> batches(reader).stream())
        .flatMap(List::stream)
        .toList();
  }

  private static List<FileSourceSplit> splits(int number, long size) {
    return IntStream.range(0, number)
        .mapToObj(i -> new FileSourceSplit("" + i, new Path("/logs/" + i), 0, size, 0, size))
        .toList();
  }
}
