package io.sysmonflink.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.format.Messages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every folder of testdata/shapes gives the same events, down to the millisecond. */
class ShapesTest {

  private static final List<String> COLUMNS =
      List.of("Computer", "Provider", "QueryName", "Image", "RuleName", "ProcessId");

  /** What Elastic's pipeline loses; a shape that loses them has expected rows of its own. */
  private static final List<String> LOSSY = List.of("QueryStatus", "QueryResults", "User");

  private static final Pattern COMPRESSED = Pattern.compile("\\.(gz|bz2|xz|zst)$");

  static Stream<Path> shapes() throws IOException {
    try (Stream<Path> folders = Files.list(root())) {
      return folders.filter(folder -> !folder.endsWith("expected")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShapeGivesTheSameEvents(Path folder) {
    boolean lossy = Files.exists(folder.resolve("expected.jsonl"));
    for (int blockSize : new int[] {300, 1 << 20}) {
      assertThat(events(folder, !lossy, blockSize))
          .hasSize(3)
          .containsExactlyInAnyOrderElementsOf(
              events(root().resolve("windows_xml"), !lossy, 1 << 20));
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyShapeGivesTheSameEventsFromMessages(Path folder) throws Exception {
    boolean lossy = Files.exists(folder.resolve("expected.jsonl"));
    List<String> columns = columns(!lossy);
    DataType table = table(columns);
    var schema = Messages.schema(table, Map.of("event-codes", "22"));
    List<String> events = new ArrayList<>();
    for (Path file : files(folder)) {
      if (!COMPRESSED.matcher(file.toString()).find()) {
        for (RowData row : Messages.rows(schema, Files.readAllBytes(file))) {
          events.add(text(row, (RowType) table.getLogicalType()));
        }
      }
    }

    if (!events.isEmpty()) {
      assertThat(events)
          .containsExactlyInAnyOrderElementsOf(
              events(root().resolve("windows_xml"), !lossy, 1 << 20));
    } else {
      assertThat(files(folder)).allMatch(file -> COMPRESSED.matcher(file.toString()).find());
    }
  }

  private static Path root() {
    Path here = Path.of("testdata/shapes");
    return Files.exists(here) ? here : Path.of("../testdata/shapes");
  }

  private static List<String> events(Path folder, boolean all, int blockSize) {
    return files(folder).stream()
        .flatMap(file -> events(file, columns(all), blockSize).stream())
        .toList();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("expected.jsonl")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> columns(boolean all) {
    List<String> columns = new ArrayList<>(COLUMNS);
    columns.addAll(all ? LOSSY : List.of());
    return columns;
  }

  private static DataType table(List<String> columns) {
    List<DataTypes.Field> fields =
        new ArrayList<>(
            List.of(
                DataTypes.FIELD("EventCode", DataTypes.INT()),
                DataTypes.FIELD("_time", DataTypes.TIMESTAMP_LTZ(3)),
                DataTypes.FIELD("error_message", DataTypes.STRING())));
    columns.forEach(column -> fields.add(DataTypes.FIELD(column, DataTypes.STRING())));
    return DataTypes.ROW(fields);
  }

  private static List<String> events(Path file, List<String> columns, int blockSize) {
    RowType type = (RowType) table(columns).getLogicalType();
    DecodingSettings settings =
        DecodingSettings.of(type, EventIds.of(Set.of(22)), 1 << 20, TimeFrom.LOG);
    SysmonBulkFormat format =
        new SysmonBulkFormat(settings, blockSize, InternalTypeInfo.of(type), false);
    List<String> events = new ArrayList<>();
    try {
      FileSourceSplit split =
          new FileSourceSplit(
              "1",
              new org.apache.flink.core.fs.Path(file.toUri()),
              0,
              Files.size(file),
              0,
              Files.size(file));
      try (BulkFormat.Reader<RowData> reader = format.createReader(new Configuration(), split)) {
        for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
          for (var row = batch.next(); row != null; row = batch.next()) {
            events.add(text(row.getRecord(), type));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The last row is the tally.
    return events.subList(0, events.size() - 1);
  }

  private static String text(RowData row, RowType type) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < type.getFieldCount(); i++) {
      Object value = RowData.createFieldGetter(type.getTypeAt(i), i).getFieldOrNull(row);
      values.add(String.valueOf(value));
    }
    return String.join("|", values);
  }
}
