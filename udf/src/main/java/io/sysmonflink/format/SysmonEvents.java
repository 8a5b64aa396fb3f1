package io.sysmonflink.format;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.table.data.StringData;

/**
 * Which events are Sysmon's own: other programs log under the same ids (TerminalServices has a 22
 * too). The same question as that of {@code sql/macros/sysmon.sql}.
 */
final class SysmonEvents {

  /** The largest id that Sysmon has. */
  static final int MAX_ID = 255;

  /** Every id that Sysmon has: 1 to 29, and 255 for its own errors. */
  static final List<Integer> IDS =
      IntStream.concat(IntStream.rangeClosed(1, 29), IntStream.of(MAX_ID)).boxed().toList();

  private static final List<String> PROVIDERS = List.of("Microsoft-Windows-Sysmon", "Linux-Sysmon");
  private static final List<String> CHANNELS =
      List.of("Microsoft-Windows-Sysmon/Operational", "Linux-Sysmon/Operational");

  private SysmonEvents() {}

  /** Whether Sysmon wrote an event, and knows its id. */
  static boolean isOne(EventFields event) {
    int id = event.eventCode;
    return ((id >= 1 && id <= 29) || id == MAX_ID)
        && (isAny(event.provider, PROVIDERS) || isAny(event.channel, CHANNELS));
  }

  private static boolean isAny(StringData value, List<String> names) {
    if (value != null) {
      String text = value.toString();
      for (String name : names) {
        if (name.equalsIgnoreCase(text)) {
          return true;
        }
      }
    }
    return false;
  }
}
