package io.sysmonflink.decode.event;

import io.sysmonflink.decode.bytes.TextBuffer;
import io.sysmonflink.decode.bytes.ValueCache;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.table.data.StringData;

/**
 * One event as it is being read, reused from record to record: its envelope, and the EventData
 * values that the query wants. An empty value is a missing one, as in Splunk.
 */
public final class EventFields {

  /** Sysmon's own time, in EventData. */
  static final String UTC_TIME = "UtcTime";

  /** Makes the text of a value, of where it stands in the record that is being read. */
  public interface LateText {
    /** Null where it is empty. */
    StringData of(int from, int to);
  }

  private static final byte EXACT = 2;
  private static final byte NEAR = 1;

  private final EventColumns columns;
  private final StringData[] values;

  /** By slot: what makes the object of a value of which none was made yet; else null. */
  private final LateText[] late;

  /** Copied over the others to clear them: in one step, where a loop marks each element. */
  private final StringData[] noValues;

  private final LateText[] noneLate;

  private final int[] froms;
  private final int[] tos;

  private final byte[] seen;
  private final int utcTimeSlot;

  /** By event id: the slots of the fields that such an event of Sysmon's has. */
  private final int[][] ofSchema = new int[SysmonEvents.MAX_ID + 1][];

  private int eventCode;

  /** Milliseconds since the epoch. */
  private long time;

  private StringData computer;
  private StringData channel;
  private StringData provider;

  /** Or {@link RecordId#NONE}. */
  private long recordId;

  /** The shape that it came in, for the tally. */
  private String shape;

  /** Whether a list stood where others have a value. */
  private boolean hasList;

  /** Whether characters that XML forbids were replaced in it. */
  private boolean repaired;

  /** The time that the log has it under. */
  private final TextBuffer logTime = new TextBuffer();

  /** Sysmon's own time. */
  private final TextBuffer utcTime = new TextBuffer();

  public EventFields(EventColumns columns) {
    this.columns = columns;
    this.values = new StringData[columns.size()];
    this.late = new LateText[columns.size()];
    this.noValues = new StringData[columns.size()];
    this.noneLate = new LateText[columns.size()];
    this.froms = new int[columns.size()];
    this.tos = new int[columns.size()];
    this.seen = new byte[columns.size()];
    this.utcTimeSlot = columns.slotOf(UTC_TIME);
    for (int id : SysmonSchema.ids()) {
      ofSchema[id] =
          SysmonSchema.fields(id).stream()
              .mapToInt(columns::slotOf)
              .filter(slot -> slot != EventColumns.NONE)
              .toArray();
    }
  }

  public void clear() {
    System.arraycopy(noValues, 0, values, 0, values.length);
    System.arraycopy(noneLate, 0, late, 0, late.length);
    Arrays.fill(seen, (byte) 0);
    eventCode = -1;
    time = EventTime.UNREADABLE;
    computer = null;
    channel = null;
    provider = null;
    recordId = RecordId.NONE;
    shape = null;
    hasList = false;
    repaired = false;
    logTime.clear();
    utcTime.clear();
  }

  public EventColumns columns() {
    return columns;
  }

  public int eventCode() {
    return eventCode;
  }

  public void setEventCode(int eventCode) {
    this.eventCode = eventCode;
  }

  /** Milliseconds since the epoch. */
  public long time() {
    return time;
  }

  public void setTime(long time) {
    this.time = time;
  }

  public StringData computer() {
    return computer;
  }

  public void setComputer(StringData computer) {
    this.computer = computer;
  }

  public StringData channel() {
    return channel;
  }

  public void setChannel(StringData channel) {
    this.channel = channel;
  }

  public StringData provider() {
    return provider;
  }

  public void setProvider(StringData provider) {
    this.provider = provider;
  }

  /** Or {@link RecordId#NONE}. */
  public long recordId() {
    return recordId;
  }

  public void setRecordId(long recordId) {
    this.recordId = recordId;
  }

  /** The shape that it came in, for the tally. */
  public String shape() {
    return shape;
  }

  public void setShape(String shape) {
    this.shape = shape;
  }

  /** Whether a list stood where others have a value. */
  public boolean hasList() {
    return hasList;
  }

  public void markList() {
    hasList = true;
  }

  /** Whether characters that XML forbids were replaced in it. */
  public boolean isRepaired() {
    return repaired;
  }

  public void markRepaired() {
    repaired = true;
  }

  /** The time that the log has it under. */
  public TextBuffer logTime() {
    return logTime;
  }

  /** Sysmon's own time. */
  public TextBuffer utcTime() {
    return utcTime;
  }

  /** The value in a slot, or null where the event has none. */
  public StringData value(int slot) {
    if (late[slot] != null) {
      values[slot] = late[slot].of(froms[slot], tos[slot]);
      late[slot] = null;
    }
    return values[slot];
  }

  /** Whether the event says neither its provider nor its channel. */
  public boolean isOfNobody() {
    return provider == null && channel == null;
  }

  /** Takes what System holds, each of which may be null. */
  public void setEnvelope(String provider, String channel, String computer, String recordId) {
    this.provider = stringData(provider);
    this.channel = stringData(channel);
    this.computer = stringData(computer);
    this.recordId = RecordId.parse(recordId);
  }

  /** Takes a field of EventData; the value may be null. */
  public void put(String name, String value) throws BadRecordException {
    int slot = columns.find(name);
    if (slot == EventColumns.NONE || !claim(slot, (byte) name.charAt(0))) {
      return;
    }
    if (slot == utcTimeSlot) {
      utcTime.set(value);
    }
    if (columns.isWanted(slot)) {
      values[slot] = stringData(value);
    }
  }

  /**
   * Makes the slot a field's own, unless one that is spelled exactly as the column has it.
   *
   * @throws BadRecordException where the event has the same field twice
   */
  public boolean claim(int slot, byte firstLetter) throws BadRecordException {
    byte spelling = columns.isExact(slot, firstLetter) ? EXACT : NEAR;
    if (seen[slot] == spelling) {
      throw new BadRecordException(
          ErrorType.DUPLICATE_FIELD, "field " + columns.name(slot) + " stands twice in EventData");
    }
    if (seen[slot] > spelling) {
      return false;
    }
    seen[slot] = spelling;
    return true;
  }

  /**
   * Whether a field was found, be it empty, that Sysmon's schema has for this event id; also where
   * the schema knows no such event.
   */
  public boolean hasFieldOfSchema() {
    int[] slots = eventCode <= SysmonEvents.MAX_ID && eventCode >= 0 ? ofSchema[eventCode] : null;
    if (slots == null) {
      return true;
    }
    for (int slot : slots) {
      if (seen[slot] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Which fields were found so far, for {@link #setFound}. */
  public byte[] found() {
    return seen.clone();
  }

  /** Makes the found fields those of another event, which has the same. */
  public void setFound(byte[] found) {
    System.arraycopy(found, 0, seen, 0, seen.length);
  }

  /** Whether a slot is the one of Sysmon's own time, which is read at once. */
  public boolean isUtcTime(int slot) {
    return slot == utcTimeSlot;
  }

  /** Whether the value in a slot is of any use. */
  public boolean isWanted(int slot) {
    return slot == utcTimeSlot || columns.isWanted(slot);
  }

  /** Takes the value of a claimed slot, {@code b[from, to)}, which is UTF-8. */
  public void set(int slot, byte[] b, int from, int to, ValueCache cache) {
    if (slot == utcTimeSlot) {
      utcTime.set(b, from, to);
    }
    if (columns.isWanted(slot)) {
      values[slot] = cache.text(b, from, to);
      late[slot] = null;
    }
  }

  /**
   * Takes the value of a claimed slot that is wanted and not {@link #isUtcTime}, by where it stands
   * in the record: most events are not selected, so an object is made of it when somebody asks.
   */
  public void setLate(int slot, int from, int to, LateText text) {
    late[slot] = text;
    froms[slot] = from;
    tos[slot] = to;
  }

  /** As bytes at once: what has no UTF-8 (half a surrogate pair) is then a ? wherever it goes. */
  public static StringData stringData(String value) {
    return value == null || value.isEmpty()
        ? null
        : StringData.fromBytes(value.getBytes(StandardCharsets.UTF_8));
  }
}
