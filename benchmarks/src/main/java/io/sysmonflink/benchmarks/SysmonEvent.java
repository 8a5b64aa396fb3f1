package io.sysmonflink.benchmarks;

import java.util.List;

/**
 * One event, as every shape writes it.
 *
 * @param time when Windows logged it, in units of 100 ns since 1970, as fine as Windows is
 * @param values of the type's fields, in their order; an empty one is missing
 */
record SysmonEvent(
    EventType type, long time, long recordId, String computer, int thread, List<String> values) {

  static final String PROVIDER = "Microsoft-Windows-Sysmon";
  static final String PROVIDER_GUID = "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}";
  static final String CHANNEL = "Microsoft-Windows-Sysmon/Operational";

  /** Sysmon's own process, which Windows names as the one that logged. */
  static final int PROCESS = 3092;
}
