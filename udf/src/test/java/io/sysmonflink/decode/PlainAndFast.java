package io.sysmonflink.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TimeFrom;
import io.sysmonflink.decode.row.ScanTally;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * Two decoders that differ in the option {@code fast-paths} only. Both are kept from log to log, as
 * in a run, so what was read before is the same for both.
 */
public final class PlainAndFast {

  private static final long NOW = Instant.parse("2024-11-30T00:00:00Z").toEpochMilli();
  private static final StringData SOURCE = StringData.fromString("log");

  private final RecordDecoder plain;
  private final RecordDecoder fast;

  public PlainAndFast(EventIds wanted) {
    plain = decoder(wanted, false);
    fast = decoder(wanted, true);
  }

  private static RecordDecoder decoder(EventIds wanted, boolean fastPaths) {
    return new RecordDecoder(
        DecodingSettings.of(Rows.TYPE, wanted, 1 << 20, TimeFrom.LOG).withFastPaths(fastPaths),
        () -> NOW);
  }

  public void requireSame(String log) {
    requireSame(log.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails where one of the two makes another row, dead letter or count of a log. */
  public void requireSame(byte[] log) {
    String text = new String(log, StandardCharsets.UTF_8);
    assertThat(rows(fast, log)).as(text).isEqualTo(rows(plain, log));
    assertThat(counts(fast.tally())).as(text).isEqualTo(counts(plain.tally()));
  }

  private static List<RowData> rows(RecordDecoder decoder, byte[] log) {
    List<RowData> rows = new ArrayList<>();
    decoder.startRun();
    decoder.decode(log, log.length, true, SOURCE, 0, rows::add);
    return rows;
  }

  private static List<Object> counts(ScanTally tally) {
    return Arrays.asList(
        tally.records(),
        tally.decoded(),
        tally.skipped(),
        tally.deadLetters(),
        tally.shapes(),
        tally.providers(),
        tally.lists(),
        tally.repaired(),
        tally.framing(),
        tally.noEventData(),
        tally.noProvider(),
        tally.keys(),
        tally.oldest(),
        tally.newest());
  }
}
