package io.sysmonflink.decode.row;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/** The fields of the {@code tally} column. */
final class TallyColumn {

  private static final LogicalType COUNT = new BigIntType();
  private static final LogicalType COUNTS = new MapType(VarCharType.STRING_TYPE, COUNT);
  private static final LogicalType TEXTS =
      new MapType(VarCharType.STRING_TYPE, VarCharType.STRING_TYPE);
  private static final LogicalType TIME = new LocalZonedTimestampType(3);

  private static final Map<String, LogicalType> TYPES =
      Map.ofEntries(
          Map.entry("records", COUNT),
          Map.entry("bytes", COUNT),
          Map.entry("decoded", COUNT),
          Map.entry("skipped", COUNTS),
          Map.entry("dead_letters", COUNTS),
          Map.entry("shapes", COUNTS),
          Map.entry("providers", COUNTS),
          Map.entry("oldest", TIME),
          Map.entry("newest", TIME),
          Map.entry("began", TIME),
          Map.entry("ended", TIME),
          Map.entry("lists", COUNT),
          Map.entry("repaired", COUNT),
          Map.entry("framing", COUNT),
          Map.entry("framing_bytes", COUNT),
          Map.entry("appended", COUNT),
          Map.entry("no_event_data", COUNTS),
          Map.entry("no_provider", COUNTS),
          Map.entry("keys", TEXTS));

  private TallyColumn() {}

  public static void validate(RowType tally) {
    for (RowType.RowField field : tally.getFields()) {
      LogicalType expected = TYPES.get(field.getName());
      if (expected == null) {
        throw new ValidationException(
            "a tally has no field " + field.getName() + "; it has " + TYPES.keySet());
      }
      // Types, not their texts: digits in these are the locale's.
      if (!nullable(field.getType()).equals(nullable(expected))) {
        throw new ValidationException(
            "field "
                + field.getName()
                + " of the tally is to be of type "
                + expected.asSummaryString()
                + ", not "
                + field.getType().asSummaryString());
      }
    }
  }

  /** Every part of a type nullable, as a declaration may say either. */
  private static LogicalType nullable(LogicalType type) {
    return type instanceof MapType map
        ? new MapType(nullable(map.getKeyType()), nullable(map.getValueType()))
        : type.copy(true);
  }

  static Object valueOf(String field, ScanTally tally) {
    return switch (field) {
      case "records" -> tally.records();
      case "bytes" -> tally.bytes();
      case "decoded" -> tally.decoded();
      case "skipped" -> mapData(tally.skipped());
      case "dead_letters" -> mapData(tally.deadLetters());
      case "shapes" -> mapData(tally.shapes());
      case "providers" -> mapData(tally.providers());
      case "oldest" -> timestamp(tally.oldest());
      case "newest" -> timestamp(tally.newest());
      case "began" -> timestamp(tally.began());
      case "ended" -> timestamp(tally.ended());
      case "lists" -> tally.lists();
      case "repaired" -> tally.repaired();
      case "framing" -> tally.framing();
      case "framing_bytes" -> tally.framingBytes();
      case "appended" -> tally.appended();
      case "no_event_data" -> mapData(tally.noEventData());
      case "no_provider" -> mapData(tally.noProvider());
      case "keys" -> textData(tally.keys());
      default -> throw new IllegalStateException("a tally has no field " + field);
    };
  }

  private static GenericMapData mapData(Map<String, Long> counts) {
    Map<StringData, Long> data = new HashMap<>();
    counts.forEach((key, count) -> data.put(StringData.fromString(key), count));
    return new GenericMapData(data);
  }

  private static GenericMapData textData(Map<String, String> texts) {
    Map<StringData, StringData> data = new HashMap<>();
    texts.forEach((key, text) -> data.put(StringData.fromString(key), StringData.fromString(text)));
    return new GenericMapData(data);
  }

  private static TimestampData timestamp(Long millis) {
    return millis == null ? null : TimestampData.fromEpochMillis(millis);
  }
}
