package io.sysmonflink.benchmarks;

/** Windows' own XML as Splunk's forwarder writes it: one event a line, single quotes. */
final class WindowsXml {

  private WindowsXml() {}

  static void append(StringBuilder xml, SysmonEvent event) {
    EventType type = event.type();
    xml.append("<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>")
        .append("<Provider Name='")
        .append(SysmonEvent.PROVIDER)
        .append("' Guid='")
        .append(SysmonEvent.PROVIDER_GUID)
        .append("'/><EventID>")
        .append(type.id)
        .append("</EventID><Version>")
        .append(type.version)
        .append("</Version><Level>4</Level><Task>")
        .append(type.id)
        .append("</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>")
        .append("<TimeCreated SystemTime='");
    EventTime.append(xml, event.time(), 'T', 7)
        .append("00Z'/><EventRecordID>")
        .append(event.recordId())
        .append("</EventRecordID><Correlation/><Execution ProcessID='")
        .append(SysmonEvent.PROCESS)
        .append("' ThreadID='")
        .append(event.thread())
        .append("'/><Channel>")
        .append(SysmonEvent.CHANNEL)
        .append("</Channel><Computer>")
        .append(event.computer())
        .append("</Computer><Security UserID='S-1-5-18'/></System><EventData>");
    for (int i = 0; i < type.fields.size(); i++) {
      xml.append("<Data Name='").append(type.fields.get(i)).append("'>");
      escape(xml, event.values().get(i));
      xml.append("</Data>");
    }
    xml.append("</EventData></Event>");
  }

  private static void escape(StringBuilder xml, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        default -> xml.append(c);
      }
    }
  }
}
