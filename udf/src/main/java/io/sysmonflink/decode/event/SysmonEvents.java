package io.sysmonflink.decode.event;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.data.StringData;

/**
 * Which events are Sysmon's own: other programs log under the same ids (TerminalServices has a 22
 * too). The same question as that of {@code sql/macros/sysmon.sql}.
 */
public final class SysmonEvents {

  /** The largest id that Sysmon has. */
  public static final int MAX_ID = 255;

  /** Every id that Sysmon has: 1 to 29, and 255 for its own errors. */
  public static final List<Integer> IDS = SysmonSchema.ids();

  private static final List<StringData> PROVIDERS =
      texts("Microsoft-Windows-Sysmon", "Linux-Sysmon");
  private static final List<StringData> CHANNELS =
      texts("Microsoft-Windows-Sysmon/Operational", "Linux-Sysmon/Operational");

  private SysmonEvents() {}

  /** Whether Sysmon wrote an event, and knows its id. */
  public static boolean isOne(EventFields event) {
    int id = event.eventCode();
    return ((id >= 1 && id <= 29) || id == MAX_ID) && isOfSysmon(event);
  }

  /** Whether an event's provider or channel is Sysmon's, whatever its id. */
  public static boolean isOfSysmon(EventFields event) {
    return isAny(event.provider(), PROVIDERS) || isAny(event.channel(), CHANNELS);
  }

  private static boolean isAny(StringData value, List<StringData> names) {
    if (value == null) {
      return false;
    }
    if (value.equals(names.get(0))) {
      return true; // nearly always, and without a String
    }
    String text = value.toString();
    return names.stream().anyMatch(name -> name.toString().equalsIgnoreCase(text));
  }

  private static List<StringData> texts(String... texts) {
    return Stream.of(texts).map(EventFields::stringData).toList();
  }
}
