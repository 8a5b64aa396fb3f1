package io.sysmonflink.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

  private static final byte[][] BYTES =
      Arrays.stream(NAMES)
          .map(name -> name.getBytes(StandardCharsets.US_ASCII))
          .toArray(byte[][]::new);

  private KnownNames() {}

  /** The name in these bytes, which are ASCII. */
  static String of(byte[] b, int from, int to) {
    for (int i = 0; i < BYTES.length; i++) {
      byte[] name = BYTES[i];
      if (name[0] == b[from]
          && name.length == to - from
          && Arrays.equals(name, 0, name.length, b, from, to)) {
        return NAMES[i];
      }
    }
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }
}
