package io.sysmonflink.decode.fast;

import io.sysmonflink.decode.event.EventColumns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The names inside {@code <System>}, so that reading one of them makes no String. */
final class KnownNames {

  private static final String[] NAMES = {
    "Provider",
    "Name",
    "Guid",
    "EventID",
    "Qualifiers",
    "Version",
    "Level",
    "Task",
    "Opcode",
    "Keywords",
    "TimeCreated",
    "SystemTime",
    "EventRecordID",
    "Correlation",
    "ActivityID",
    "Execution",
    "ProcessID",
    "ThreadID",
    "Channel",
    "Computer",
    "Security",
    "UserID",
  };

  private static final EventColumns SLOTS = new EventColumns(List.of(NAMES), Set.of());

  private KnownNames() {}

  /** The name in these bytes, which are ASCII. */
  static String of(byte[] b, int from, int to) {
    int slot = SLOTS.find(b, from, to);
    if (slot != EventColumns.NONE && SLOTS.isExact(slot, b[from])) {
      return NAMES[slot];
    }
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }
}
