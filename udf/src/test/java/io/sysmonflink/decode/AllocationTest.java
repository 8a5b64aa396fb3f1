package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.skip.Prefilter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What reading costs in objects, which is a figure that does not depend on the machine: of a record
 * that is dropped nothing, of one that is read its row and the values that did not come before.
 */
class AllocationTest {

  private static final int RECORDS = 5_000;
  private static final Instant NOW = Instant.parse("2024-11-30T00:00:00Z");
  private static final StringData SOURCE = StringData.fromString("log");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long rows;
  private Prefilter prefilter = Prefilter.none();

  @ParameterizedTest
  @CsvSource({
    "WINDOWS_XML, 0, 600",
    "WINLOGBEAT, 0, 600",
    "NXLOG, 0, 600",
  })
  void aDroppedRecordCostsNoObjectAndADecodedOneItsRow(
      SampleShape shape, long perDropped, long perDecoded) {
    assertThat(bytesPerRecord(shape, 1)).as("dropped").isLessThanOrEqualTo(perDropped);
    assertThat(rows).isZero();
    assertThat(bytesPerRecord(shape, 22)).as("decoded").isBetween(1L, perDecoded);
    assertThat(rows).isEqualTo(3L * RECORDS);
  }

  /** It becomes no row, but the value that was looked at is a text, if it did not come before. */
  @ParameterizedTest
  @EnumSource(names = {"WINDOWS_XML", "WINLOGBEAT", "NXLOG"})
  void anEventThatNoQueryWouldSelectCostsItsValuesOnly(SampleShape shape) {
    prefilter = Prefilter.parse("[{\"QueryName\":[\"*pastebin*\"]}]");
    assertThat(bytesPerRecord(shape, 22)).isBetween(1L, 250L);
    assertThat(rows).isZero();
  }

  /** Besides the view of the bytes, which is made once for each block. */
  private long bytesPerRecord(SampleShape shape, int id) {
    byte[] log = log(shape, id);
    RecordDecoder decoder =
        new RecordDecoder(
            DecodingSettings.of(Rows.TYPE, EventIds.of(Set.of(22)), 1 << 20, TimeFrom.LOG)
                .with(prefilter),
            NOW::toEpochMilli);
    Consumer<RowData> target = row -> rows++;
    rows = 0;
    for (int warmUp = 0; warmUp < 2; warmUp++) {
      decoder.decode(log, log.length, true, SOURCE, 0, target);
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    decoder.decode(log, log.length, true, SOURCE, 0, target);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return (allocated - log.length) / RECORDS;
  }

  private static byte[] log(SampleShape shape, int id) {
    StringBuilder log = new StringBuilder();
    for (int i = 0; i < RECORDS; i++) {
      log.append(
              shape.write(
                  new SampleEvent(
                      id,
                      Instant.parse("2024-11-01T00:00:00Z").plusMillis(i),
                      "Microsoft-Windows-Sysmon",
                      "Microsoft-Windows-Sysmon/Operational",
                      "ws-" + i % 50 + ".corp.example.com",
                      1_000_000L + i,
                      Map.of(
                          "QueryName",
                          "www-" + i + ".example.com",
                          "QueryStatus",
                          "0",
                          "QueryResults",
                          "::ffff:198.51.100." + i % 250 + ";",
                          "Image",
                          "C:\\Windows\\System32\\svchost.exe"))))
          .append('\n');
    }
    return log.toString().getBytes(StandardCharsets.UTF_8);
  }
}
