package io.sysmonflink.decode.row;

import io.sysmonflink.decode.DecodingSettings;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.RecordId;
import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.decode.event.TextColumn;
import io.sysmonflink.decode.skip.Prefilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;

/**
 * Makes the rows of a table of Windows events. Columns are filled by name: those of the envelope,
 * of a dead letter and of a tally; any other is a field of EventData, a STRING.
 *
 * <p>A row is one of three: an event ({@code EventCode} is set), a dead letter ({@code error_type}
 * is set), or a tally ({@code tally} is set). {@code source} and {@code position} are always set.
 */
public final class EventRows {

  /** The columns that are no fields of EventData, and their types. */
  private enum Column {
    EVENT_CODE("EventCode", LogicalTypeRoot.INTEGER),
    TIME("_time", LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
    COMPUTER("Computer", LogicalTypeRoot.VARCHAR),
    CHANNEL("Channel", LogicalTypeRoot.VARCHAR),
    PROVIDER("Provider", LogicalTypeRoot.VARCHAR),
    RECORD_ID("RecordId", LogicalTypeRoot.BIGINT),
    SOURCE("source", LogicalTypeRoot.VARCHAR),
    POSITION("position", LogicalTypeRoot.BIGINT),
    ERROR_TYPE("error_type", LogicalTypeRoot.VARCHAR),
    ERROR_MESSAGE("error_message", LogicalTypeRoot.VARCHAR),
    RAW_PAYLOAD("raw_payload", LogicalTypeRoot.VARBINARY),
    TALLY("tally", LogicalTypeRoot.ROW);

    private static final Map<String, Column> BY_NAME = new HashMap<>();

    static {
      for (Column column : values()) {
        BY_NAME.put(column.columnName, column);
      }
    }

    private final String columnName;
    private final LogicalTypeRoot type;

    Column(String columnName, LogicalTypeRoot type) {
      this.columnName = columnName;
      this.type = type;
    }
  }

  private final EventColumns columns;

  /** By index in the produced row: the column, or null for a field of EventData. */
  private final Column[] produced;

  /** By index in the produced row: the slot of a field of EventData. */
  private final int[] slots;

  private final List<String> tallyFields;
  private final int size;

  public EventRows(DecodingSettings settings) {
    RowType declared = settings.declared();
    List<Integer> projection = settings.projection();
    List<String> eventData = new ArrayList<>();
    for (String name : declared.getFieldNames()) {
      if (!Column.BY_NAME.containsKey(name)) {
        eventData.add(name);
      }
    }
    // No columns, but what an event is read from and judged by must not depend on what is declared:
    // its time may come from UtcTime, and one of Sysmon's without any of its fields is a dead
    // letter.
    for (String name : SysmonSchema.fields()) {
      if (!eventData.contains(name) && !Column.BY_NAME.containsKey(name)) {
        eventData.add(name);
      }
    }
    Set<String> wanted = new HashSet<>();
    for (int index : projection) {
      wanted.add(declared.getFieldNames().get(index));
    }
    wanted.addAll(settings.prefilter().columns());
    columns = new EventColumns(eventData, wanted);

    size = projection.size();
    produced = new Column[size];
    slots = new int[size];
    List<String> tally = List.of();
    for (int i = 0; i < size; i++) {
      String name = declared.getFieldNames().get(projection.get(i));
      produced[i] = Column.BY_NAME.get(name);
      slots[i] = columns.slotOf(name);
      if (produced[i] == Column.TALLY) {
        tally = ((RowType) declared.getTypeAt(projection.get(i))).getFieldNames();
      }
    }
    tallyFields = tally;
  }

  /** Fails where a column has a type that its values do not have. */
  public static void validate(RowType declared) {
    for (RowType.RowField field : declared.getFields()) {
      Column column = Column.BY_NAME.get(field.getName());
      LogicalTypeRoot expected = column == null ? LogicalTypeRoot.VARCHAR : column.type;
      if (!field.getType().is(expected)) {
        throw new ValidationException(
            "column "
                + field.getName()
                + " is to be of type "
                + expected
                + (column == null ? ", as every field of EventData" : "")
                + ", not "
                + field.getType().asSummaryString());
      }
      if (column == Column.TALLY) {
        TallyField.validate((RowType) field.getType());
      }
    }
  }

  /** Fails where a prefilter looks at a column that has no texts of an event. */
  public static void validate(RowType declared, Prefilter prefilter) {
    for (String name : prefilter.columns()) {
      if (!Prefilter.canTest(declared, name)) {
        throw new ValidationException(
            "option 'prefilter': "
                + name
                + " is to be a column of the table: a field of EventData, or one of "
                + new TreeSet<>(TextColumn.OF_ENVELOPE));
      }
    }
  }

  /** Whether a column is a field of EventData. */
  public static boolean isOfEventData(String column) {
    return !Column.BY_NAME.containsKey(column);
  }

  /** The fields of EventData that the table declares. */
  public EventColumns columns() {
    return columns;
  }

  public RowData event(EventFields event, StringData source, long position) {
    GenericRowData row = new GenericRowData(size);
    for (int i = 0; i < size; i++) {
      row.setField(
          i,
          produced[i] == null
              ? event.value(slots[i])
              : switch (produced[i]) {
                case EVENT_CODE -> event.eventCode();
                case TIME -> TimestampData.fromEpochMillis(event.time());
                case COMPUTER -> event.computer();
                case CHANNEL -> event.channel();
                case PROVIDER -> event.provider();
                case RECORD_ID -> RecordId.value(event.recordId());
                case SOURCE -> source;
                case POSITION -> position;
                case ERROR_TYPE, ERROR_MESSAGE, RAW_PAYLOAD, TALLY -> null;
              });
    }
    return row;
  }

  public RowData deadLetter(
      ErrorType type, String message, byte[] payload, StringData source, long position) {
    GenericRowData row = located(source, position);
    for (int i = 0; i < size; i++) {
      if (produced[i] == Column.ERROR_TYPE) {
        row.setField(i, StringData.fromString(type.label()));
      } else if (produced[i] == Column.ERROR_MESSAGE) {
        row.setField(i, StringData.fromString(message));
      } else if (produced[i] == Column.RAW_PAYLOAD) {
        row.setField(i, payload);
      }
    }
    return row;
  }

  public RowData tally(ScanTally tally, StringData source, long position) {
    GenericRowData row = located(source, position);
    for (int i = 0; i < size; i++) {
      if (produced[i] == Column.TALLY) {
        GenericRowData counts = new GenericRowData(tallyFields.size());
        for (int field = 0; field < tallyFields.size(); field++) {
          counts.setField(field, TallyField.valueOf(tallyFields.get(field), tally));
        }
        row.setField(i, counts);
      }
    }
    return row;
  }

  private GenericRowData located(StringData source, long position) {
    GenericRowData row = new GenericRowData(size);
    for (int i = 0; i < size; i++) {
      if (produced[i] == Column.SOURCE) {
        row.setField(i, source);
      } else if (produced[i] == Column.POSITION) {
        row.setField(i, position);
      }
    }
    return row;
  }

  /** The fields of the {@code tally} column. */
  private static final class TallyField {

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

    private TallyField() {}

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
      texts.forEach(
          (key, text) -> data.put(StringData.fromString(key), StringData.fromString(text)));
      return new GenericMapData(data);
    }

    private static TimestampData timestamp(Long millis) {
      return millis == null ? null : TimestampData.fromEpochMillis(millis);
    }
  }
}
