package io.sysmonflink.files;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** The connector in a real batch job. */
class SysmonFilesITCase {

  private static final String COLUMNS =
      """
      EventCode INT, _time TIMESTAMP_LTZ(3), Computer STRING, Provider STRING, QueryName STRING,
      `source` STRING, `position` BIGINT, error_type STRING, error_message STRING,
      raw_payload BYTES,
      tally ROW<records BIGINT, `bytes` BIGINT, decoded BIGINT, skipped MAP<STRING, BIGINT>,
                dead_letters MAP<STRING, BIGINT>, shapes MAP<STRING, BIGINT>,
                oldest TIMESTAMP_LTZ(3), newest TIMESTAMP_LTZ(3),
                began TIMESTAMP_LTZ(3), ended TIMESTAMP_LTZ(3)>""";

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(4).build());

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"700, 1", "1 kb, 4", "5 kb, 3", "64 mb, 2"})
  void rowsAreTheSameWhateverTheSplitSizeAndParallelism(String splitSize, int parallelism)
      throws Exception {
    Path log = folder.resolve("mixed.log");
    Files.writeString(log, mixedLog(60));
    List<Row> rows =
        query(
            "SELECT EventCode, QueryName, error_type, `position` FROM events WHERE tally IS NULL",
            parallelism,
            Map.of("path", log.toString(), "split-size", splitSize, "event-codes", "22;255"));

    byte[] bytes = Files.readAllBytes(log);
    assertThat(rows)
        .map(row -> row.getField(0) + " " + row.getField(1) + " " + row.getField(2))
        .containsExactlyInAnyOrderElementsOf(expectedRows(60));
    assertThat(rows)
        .allSatisfy(
            row -> {
              int position = ((Long) row.getFieldAs(3)).intValue();
              String start = new String(bytes, position, 7, StandardCharsets.UTF_8);
              assertThat(start).matches("(?s)<Event[ >]|\\{\"Event|rubbish");
            });
  }

  @Test
  void everyRecordIsInTheTally() throws Exception {
    Path log = folder.resolve("mixed.log");
    Files.writeString(log, mixedLog(60));
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Row> tallies =
        query(
            "SELECT tally.* FROM events WHERE tally IS NOT NULL",
            2,
            Map.of("path", log.toString(), "split-size", "4 kb", "event-codes", "22"));

    assertThat(tallies).hasSizeGreaterThan(3);
    assertThat(sum(tallies, 0)).as("records").isEqualTo(240);
    assertThat(sum(tallies, 1)).as("bytes").isEqualTo(Files.size(log));
    assertThat(sum(tallies, 2)).as("decoded").isEqualTo(120);
    assertThat(sumMaps(tallies, 3)).as("skipped").isEqualTo(Map.of("1", 60L));
    assertThat(sumMaps(tallies, 4)).as("dead letters").isEqualTo(Map.of("not_an_event", 60L));
    assertThat(sumMaps(tallies, 5))
        .as("shapes")
        .isEqualTo(Map.of("windows_xml", 60L, "nxlog", 60L));
    assertThat(tallies)
        .extracting(tally -> tally.<Instant>getFieldAs("began"))
        .allMatch(began -> !began.isBefore(before));
    assertThat(tallies)
        .allSatisfy(
            tally ->
                assertThat(tally.<Instant>getFieldAs("ended"))
                    .isBetween(tally.<Instant>getFieldAs("began"), Instant.now()));
  }

  @Test
  void foldersAreReadInDepthAndCompressedFilesByName() throws Exception {
    Path sub = Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(sub.resolve("plain.xml"), xml(22, "plain"));
    Files.writeString(sub.resolve("empty.xml"), "");
    Files.writeString(sub.resolve("_hidden.xml"), xml(22, "hidden"));
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.xml.gz")))) {
      out.write(xml(22, "packed").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(
            query(
                "SELECT QueryName FROM events WHERE EventCode = 22",
                2,
                Map.of("path", folder.toUri().toString(), "split-size", "100")))
        .containsExactlyInAnyOrder(Row.of("plain"), Row.of("packed"));
  }

  /** UTF-16 is not cut, whatever the split size; compressed files have all their streams read. */
  @ParameterizedTest
  @ValueSource(strings = {"x.xml", "x.xml.gz", "x.xml.bz2", "x.xml.xz", "x.xml.zst"})
  void rowsDoNotDependOnEncodingAndCompression(String name) throws Exception {
    List<Row> plain = null;
    for (Charset charset : List.of(UTF_8, UTF_16LE, StandardCharsets.UTF_16BE)) {
      // No line break at the end.
      String text = (charset.equals(UTF_8) ? "" : "\uFEFF") + mixedLog(40).stripTrailing();
      Path log = folder.resolve(name);
      try (OutputStream out = compressed(log)) {
        out.write(text.substring(0, 5_000).getBytes(charset));
      }
      try (OutputStream out = compressed(log)) {
        out.write(text.substring(5_000).getBytes(charset));
      }
      List<Row> rows =
          query(
              "SELECT EventCode, QueryName, error_type, `position` FROM events WHERE tally IS NULL",
              2,
              Map.of("path", log.toString(), "split-size", "1500", "event-codes", "22"));
      assertThat(rows)
          .map(row -> row.getField(0) + " " + row.getField(1) + " " + row.getField(2))
          .containsExactlyInAnyOrderElementsOf(expectedRows(40));
      plain = plain == null ? rows : plain;
      assertThat(rows).containsExactlyInAnyOrderElementsOf(plain);
      Files.delete(log);
    }
  }

  private static OutputStream compressed(Path file) throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    String name = file.toString();
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".gz" -> new GZIPOutputStream(out);
      case ".bz2" -> new BZip2CompressorOutputStream(out);
      case ".xz" -> new XZOutputStream(out, new LZMA2Options());
      case ".zst" -> new ZstdOutputStream(out);
      default -> out;
    };
  }

  @Test
  void aThousandSmallFilesAreRead() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Path sub = Files.createDirectories(folder.resolve("day" + i % 10));
      Files.writeString(sub.resolve(i + ".xml"), i % 10 == 3 ? "" : xml(22, "x" + i));
    }
    assertThat(
            query(
                "SELECT COUNT(EventCode), COUNT(DISTINCT QueryName), COUNT(tally), COUNT(error_type)"
                    + " FROM events",
                2,
                Map.of("path", folder.toString())))
        .containsExactly(Row.of(900L, 900L, 1_000L, 0L));
  }

  @Test
  void timeMayBeTakenFromUtcTimeAlways() throws Exception {
    Path log = folder.resolve("x.xml");
    Files.writeString(log, xml(22, "x</Data><Data Name='UtcTime'>2024-10-31 23:59:58.001"));
    String sql = "SELECT CAST(_time AS STRING) FROM events WHERE EventCode = 22";
    assertThat(query(sql, 1, Map.of("path", log.toString())))
        .containsExactly(Row.of("2024-11-01 00:00:00.000"));
    assertThat(query(sql, 1, Map.of("path", log.toString(), "time-from", "utc-time")))
        .containsExactly(Row.of("2024-10-31 23:59:58.001"));
  }

  @Test
  void aBadRecordKeepsItsBytesAndItsPlace() throws Exception {
    Path log = folder.resolve("with a; and a space.log");
    byte[] bad = {'b', 'a', 'd', (byte) 0xFF, 0, '<'};
    try (var out = Files.newOutputStream(log)) {
      out.write((xml(22, "a") + "\n").getBytes(StandardCharsets.UTF_8));
      out.write(bad);
      out.write(("\n" + xml(22, "b")).getBytes(StandardCharsets.UTF_8));
    }
    String path = log.toUri().toString().replace(";", "%3B");
    List<Row> rows =
        query(
            "SELECT error_type, raw_payload, `source`, `position` FROM events"
                + " WHERE error_type IS NOT NULL",
            1,
            Map.of("path", path));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getField(0)).isEqualTo("not_an_event");
    assertThat((byte[]) rows.get(0).getField(1)).isEqualTo(bad);
    assertThat((String) rows.get(0).getField(2)).endsWith("with a; and a space.log");
    assertThat(rows.get(0).getField(3)).isEqualTo(xml(22, "a").length() + 1L);
  }

  @Test
  void aFileThatCannotBeReadIsADeadLetterOrFailsTheJobWithItsName() throws Exception {
    Path broken = folder.resolve("broken.xml.gz");
    Files.writeString(broken, "no gzip");
    Files.writeString(folder.resolve("x.xml"), xml(22, "x"));
    assertThat(
            query(
                "SELECT EventCode, error_type FROM events WHERE tally IS NULL",
                1,
                Map.of("path", folder.toString())))
        .containsExactlyInAnyOrder(Row.of(22, null), Row.of(null, "unreadable_file"));
    assertThatThrownBy(
            () ->
                query(
                    "SELECT EventCode FROM events",
                    1,
                    Map.of("path", folder.toString(), "strict", "true")))
        .hasStackTraceContaining("cannot read " + broken.toUri().getScheme() + ":" + broken);
    assertThatThrownBy(
            () ->
                query(
                    "SELECT EventCode FROM events",
                    1,
                    Map.of("path", folder.resolve("missing").toString())))
        .hasStackTraceContaining("missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event-codes | 22;70000 | 65535",
        "split-size | 0 | split-size",
        "max-record-size | 1 | max-record-size",
        "time-from | yesterday | time-from",
        "path | file:/a b | file:/a b"
      })
  void aWrongOptionIsNamed(String option, String value, String message) {
    Map<String, String> options = new HashMap<>(Map.of("path", folder.toString()));
    options.put(option, value);
    assertThatThrownBy(() -> query("SELECT EventCode FROM events", 1, options))
        .hasStackTraceContaining(message);
  }

  @Test
  void aColumnOfAnotherTypeIsNamed() {
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    env.executeSql(
        "CREATE TEMPORARY TABLE t (QueryStatus INT) WITH ('connector' = 'sysmon-files', 'path' = 'x')");
    assertThatThrownBy(() -> env.explainSql("SELECT * FROM t"))
        .hasStackTraceContaining("column QueryStatus is to be of type VARCHAR");
  }

  private List<Row> query(String sql, int parallelism, Map<String, String> options)
      throws Exception {
    TableEnvironment env = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    env.getConfig().set("parallelism.default", Integer.toString(parallelism));
    env.getConfig().set("table.local-time-zone", "UTC");
    StringBuilder with = new StringBuilder("'connector' = 'sysmon-files', 'block-size' = '1 kb'");
    options.forEach((key, value) -> with.append(", '%s' = '%s'".formatted(key, value)));
    env.executeSql("CREATE TEMPORARY TABLE events (" + COLUMNS + ") WITH (" + with + ")");
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = env.executeSql(sql).collect()) {
      result.forEachRemaining(rows::add);
    }
    return rows;
  }

  /** Four records for each number: XML of id 22 and of id 1, JSON of id 22, and rubbish. */
  private static String mixedLog(int count) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < count; i++) {
      log.append(xml(22, "x" + i)).append(i % 3 == 0 ? "\r\n" : "\n");
      log.append(xml(1, "\n{\"EventID\":22}\n" + "y".repeat(i * 7))).append('\n');
      log.append("{\"EventID\":22,\"UtcTime\":\"2024-11-01 00:00:00.123\",\"QueryName\":\"j")
          .append(i)
          .append("\"}\n");
      log.append("rubbish\n");
    }
    return log.toString();
  }

  private static List<String> expectedRows(int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(
            i ->
                List.of("22 x" + i + " null", "22 j" + i + " null", "null null not_an_event")
                    .stream())
        .toList();
  }

  private static String xml(int id, String queryName) {
    return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        + "<Provider Name='Microsoft-Windows-Sysmon'/><EventID>"
        + id
        + "</EventID><TimeCreated SystemTime='2024-11-01T00:00:00.000000000Z'/>"
        + "<Computer>host.example.test</Computer></System>"
        + "<EventData><Data Name='QueryName'>"
        + queryName
        + "</Data></EventData></Event>";
  }

  private static long sum(List<Row> rows, int field) {
    return rows.stream().mapToLong(row -> row.<Long>getFieldAs(field)).sum();
  }

  private static Map<String, Long> sumMaps(List<Row> rows, int field) {
    Map<String, Long> sum = new HashMap<>();
    rows.forEach(
        row ->
            row.<Map<String, Long>>getFieldAs(field)
                .forEach((key, count) -> sum.merge(key, count, Long::sum)));
    return sum;
  }
}
