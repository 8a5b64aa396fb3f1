package io.sysmonflink.benchmarks;

import java.util.Locale;

/** The shapes in which a log is written, one event a line. */
enum Shape {
  WINDOWS_XML("xml", "<EventID>22</EventID>"),
  WINLOGBEAT("ndjson", "\"event_id\":\"22\""),
  NXLOG("ndjson", "\"EventID\":22,");

  private final String extension;

  /** What every event 22 of this shape holds, and no other: what a scan would look for. */
  final String needle;

  Shape(String extension, String needle) {
    this.extension = extension;
    this.needle = needle;
  }

  void append(StringBuilder text, SysmonEvent event) {
    switch (this) {
      case WINDOWS_XML -> WindowsXml.append(text, event);
      case WINLOGBEAT -> Winlogbeat.append(text, event);
      case NXLOG -> NxLog.append(text, event);
    }
  }

  String fileName() {
    return this + "." + extension;
  }

  /** As the job's summary names it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
