package io.sysmonflink.benchmarks;

/** NXLog's flat JSON. Its EventTime is the host's local time, so only UtcTime tells the time. */
final class NxLog {
  private static final long ZONE = -5 * 3600 * EventTime.SECOND;

  private NxLog() {}

  static void append(StringBuilder json, SysmonEvent event) {
    EventType type = event.type();
    EventTime.append(json.append("{\"EventTime\":\""), event.time() + ZONE, ' ', 0)
        .append("\",\"Hostname\":\"")
        .append(event.computer())
        .append("\",\"Keywords\":-9223372036854775808,");
    if (!type.fields.contains("EventType")) { // the event's own field takes the place of NXLog's
      json.append("\"EventType\":\"INFO\",");
    }
    json.append("\"SeverityValue\":2,\"Severity\":\"INFO\",\"EventID\":")
        .append(type.id)
        .append(",\"SourceName\":\"")
        .append(SysmonEvent.PROVIDER)
        .append("\",\"ProviderGuid\":\"")
        .append(SysmonEvent.PROVIDER_GUID)
        .append("\",\"Version\":")
        .append(type.version)
        .append(",\"Task\":")
        .append(type.id)
        .append(",\"OpcodeValue\":0,\"RecordNumber\":")
        .append(event.recordId())
        .append(",\"ExecutionProcessID\":")
        .append(SysmonEvent.PROCESS)
        .append(",\"ThreadID\":")
        .append(event.thread())
        .append(",\"Channel\":\"")
        .append(SysmonEvent.CHANNEL)
        .append("\",\"Domain\":\"NT AUTHORITY\",\"AccountName\":\"SYSTEM\",")
        .append("\"UserID\":\"S-1-5-18\",\"AccountType\":\"User\",\"Message\":\"");
    Json.message(json, event, "\\r\\n");
    json.append("\",\"Category\":\"").append(type.task).append("\",\"Opcode\":\"Info\",");
    Json.fields(json, event);
    EventTime.append(
            json.append("\"EventReceivedTime\":\""),
            event.time() + ZONE + 4 * EventTime.SECOND,
            ' ',
            0)
        .append("\",\"SourceModuleName\":\"eventlog\",\"SourceModuleType\":\"im_msvistalog\"}");
  }
}
