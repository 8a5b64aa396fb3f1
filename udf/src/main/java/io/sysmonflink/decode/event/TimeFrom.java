package io.sysmonflink.decode.event;

/** Which of the times that an event carries is its {@code _time}. */
public enum TimeFrom {
  /** The one that its shape is best trusted for, as Splunk would take it; else UtcTime. */
  LOG("log"),
  /** Sysmon's own UtcTime in every shape; what has none, which is not Sysmon's, as above. */
  UTC_TIME("utc-time");

  private final String label;

  TimeFrom(String label) {
    this.label = label;
  }

  /** As it is written in the options of a table. */
  @Override
  public String toString() {
    return label;
  }
}
