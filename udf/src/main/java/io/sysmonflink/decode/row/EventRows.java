package io.sysmonflink.decode.row;

import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.event.EventColumns;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.RecordId;
import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.decode.event.TableColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes the rows of a table of Windows events. Columns are filled by name: those of the envelope,
 * of a dead letter and of a tally; any other is a field of EventData, a STRING.
 *
 * <p>A row is one of three: an event ({@code EventCode} is set), a dead letter ({@code error_type}
 * is set), or a tally ({@code tally} is set). {@code source} and {@code position} are always set.
 */
public final class EventRows {

  private final EventColumns columns;

  /** By index in the produced row: the column, or null for a field of EventData. */
  private final TableColumn[] produced;

  /** By index in the produced row: the slot of a field of EventData. */
  private final int[] slots;

  private final List<String> tallyFields;
  private final int size;

  /**
   * @param declared all physical columns of the table
   * @param projection the indices of those that are produced, in the order of the produced row
   * @param alsoWanted fields whose values are looked at beside these
   */
  public EventRows(RowType declared, List<Integer> projection, Set<String> alsoWanted) {
    List<String> eventData = new ArrayList<>();
    for (String name : declared.getFieldNames()) {
      if (TableColumn.isOfEventData(name)) {
        eventData.add(name);
      }
    }
    // No columns, but what an event is read from and judged by must not depend on what is declared:
    // its time may come from UtcTime, and one of Sysmon's without any of its fields is a dead
    // letter.
    for (String name : SysmonSchema.fields()) {
      if (!eventData.contains(name) && TableColumn.isOfEventData(name)) {
        eventData.add(name);
      }
    }
    Set<String> wanted = new HashSet<>();
    for (int index : projection) {
      wanted.add(declared.getFieldNames().get(index));
    }
    wanted.addAll(alsoWanted);
    columns = new EventColumns(eventData, wanted);

    size = projection.size();
    produced = new TableColumn[size];
    slots = new int[size];
    List<String> tally = List.of();
    for (int i = 0; i < size; i++) {
      String name = declared.getFieldNames().get(projection.get(i));
      produced[i] = TableColumn.of(name);
      slots[i] = columns.slotOf(name);
      if (produced[i] == TableColumn.TALLY) {
        tally = ((RowType) declared.getTypeAt(projection.get(i))).getFieldNames();
      }
    }
    tallyFields = tally;
  }

  /** Fails where a column has a type that its values do not have. */
  public static void validate(RowType declared) {
    for (RowType.RowField field : declared.getFields()) {
      TableColumn column = TableColumn.of(field.getName());
      LogicalTypeRoot expected = column == null ? LogicalTypeRoot.VARCHAR : column.type();
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
      if (column == TableColumn.TALLY) {
        TallyColumn.validate((RowType) field.getType());
      }
    }
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
      if (produced[i] == TableColumn.ERROR_TYPE) {
        row.setField(i, StringData.fromString(type.label()));
      } else if (produced[i] == TableColumn.ERROR_MESSAGE) {
        row.setField(i, StringData.fromString(message));
      } else if (produced[i] == TableColumn.RAW_PAYLOAD) {
        row.setField(i, payload);
      }
    }
    return row;
  }

  public RowData tally(ScanTally tally, StringData source, long position) {
    GenericRowData row = located(source, position);
    for (int i = 0; i < size; i++) {
      if (produced[i] == TableColumn.TALLY) {
        GenericRowData counts = new GenericRowData(tallyFields.size());
        for (int field = 0; field < tallyFields.size(); field++) {
          counts.setField(field, TallyColumn.valueOf(tallyFields.get(field), tally));
        }
        row.setField(i, counts);
      }
    }
    return row;
  }

  private GenericRowData located(StringData source, long position) {
    GenericRowData row = new GenericRowData(size);
    for (int i = 0; i < size; i++) {
      if (produced[i] == TableColumn.SOURCE) {
        row.setField(i, source);
      } else if (produced[i] == TableColumn.POSITION) {
        row.setField(i, position);
      }
    }
    return row;
  }
}
