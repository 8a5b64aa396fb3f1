package io.sysmonflink.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which batches rows are handed out, and which of them after a failure. */
class SplitReaderTest {

  private static final int MIB = 1 << 20;
  private static final RowType TYPE =
      (RowType) DataTypes.ROW(DataTypes.FIELD("RecordId", DataTypes.BIGINT())).getLogicalType();

  @TempDir private Path folder;

  @Test
  void aBatchHasTheRowsOfManyBlocksUntilTheyAreEnough() throws IOException {
    // At most four events end in a block.
    List<List<Long>> batches = batches(reader(events(1_200), 512, null));
    assertThat(batches).hasSize(3);
    assertThat(batches.get(0)).hasSizeBetween(500, 503);
    assertThat(batches.get(1)).hasSizeBetween(500, 503);
    assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(ids(0, 1_200));
  }

  @Test
  void aBatchWithoutRowsIsHandedOutAsWellSoThatFlinkCanCancel() throws IOException {
    Path log = folder.resolve("unwanted.xml");
    String event = event(7, 0);
    Files.writeString(log, event.repeat(20 * MIB / event.length()));
    List<List<Long>> batches = batches(reader(log, 64 << 10, null));
    assertThat(batches).as("8, 16 and 20 MiB").containsExactly(List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 250, 499, 500, 501, 502, 503, 1_199, 1_200})
  void aReaderThatIsRestoredGoesOnBehindTheRowsThatWereEmitted(int emitted) throws IOException {
    List<List<Long>> batches = batches(reader(events(1_200), 512, emitted));
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyElementsOf(ids(emitted, 1_200));
  }

  private static BulkFormat.Reader<RowData> reader(Path log, int blockSize, Integer emitted)
      throws IOException {
    DecodingSettings settings =
        DecodingSettings.of(TYPE, EventIds.of(Set.of(22)), MIB, TimeFrom.LOG);
    SysmonBulkFormat format =
        new SysmonBulkFormat(settings, blockSize, InternalTypeInfo.of(TYPE), false);
    long size = Files.size(log);
    CheckpointedPosition position =
        emitted == null ? null : new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, emitted);
    FileSourceSplit split =
        new FileSourceSplit(
            "1",
            new org.apache.flink.core.fs.Path(log.toUri()),
            0,
            size,
            0,
            size,
            new String[0],
            position);
    return emitted == null
        ? format.createReader(new Configuration(), split)
        : format.restoreReader(new Configuration(), split);
  }

  /** By batch, the record ids of its rows; that of the tally is left out. */
  private static List<List<Long>> batches(BulkFormat.Reader<RowData> reader) throws IOException {
    List<List<Long>> batches = new ArrayList<>();
    try (reader) {
      for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
        List<Long> ids = new ArrayList<>();
        for (var row = batch.next(); row != null; row = batch.next()) {
          if (!row.getRecord().isNullAt(0)) {
            ids.add(row.getRecord().getLong(0));
          }
        }
        batches.add(ids);
      }
    }
    return batches;
  }

  private Path events(int number) throws IOException {
    Path log = folder.resolve("events.xml");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append(event(22, i));
    }
    return Files.writeString(log, text);
  }

  private static String event(int eventId, int recordId) {
    return "<Event><System><EventID>"
        + eventId
        + "</EventID><EventRecordID>"
        + recordId
        + "</EventRecordID><TimeCreated SystemTime='2024-11-01T00:00:01Z'/></System>"
        + "<EventData></EventData></Event>\n";
  }

  private static List<Long> ids(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }
}
