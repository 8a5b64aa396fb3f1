package io.sysmonflink.benchmarks;

/** Winlogbeat's newline-delimited JSON, as its file output writes it. */
final class Winlogbeat {

  private Winlogbeat() {}

  static void append(StringBuilder json, SysmonEvent event) {
    EventType type = event.type();
    String host = event.computer().substring(0, event.computer().indexOf('.'));
    EventTime.append(json.append("{\"@timestamp\":\""), event.time(), 'T', 3)
        .append(
            "Z\",\"@metadata\":{\"beat\":\"winlogbeat\",\"type\":\"_doc\",\"version\":\"8.15.3\"},")
        .append("\"agent\":{\"ephemeral_id\":\"5f0c7a52-9d6e-4a0e-8c1b-7e2f9c1d4b3a\",")
        .append("\"id\":\"0b6a1f3e-52c4-4c55-9a41-f1d2c3b4a596\",\"name\":\"")
        .append(host)
        .append(
            "\",\"type\":\"winlogbeat\",\"version\":\"8.15.3\"},\"ecs\":{\"version\":\"8.0.0\"},")
        .append("\"event\":{\"action\":\"")
        .append(type.task)
        .append("\",\"code\":\"")
        .append(type.id)
        .append("\",\"created\":\"");
    EventTime.append(json, event.time() + 1_210 * EventTime.MILLISECOND, 'T', 3)
        .append("Z\",\"kind\":\"event\",\"provider\":\"")
        .append(SysmonEvent.PROVIDER)
        .append("\"},\"host\":{\"architecture\":\"x86_64\",\"hostname\":\"")
        .append(host)
        .append(
            "\",\"id\":\"e2b4f0a6-6a32-4d0e-9a57-3d8a1b2c4e5f\",\"ip\":[\"192.0.2.17\"],\"name\":\"")
        .append(event.computer())
        .append(
            "\",\"os\":{\"build\":\"22631.4317\",\"family\":\"windows\",\"name\":\"Windows 11 Pro\",")
        .append("\"platform\":\"windows\",\"type\":\"windows\",\"version\":\"10.0\"}},")
        .append("\"log\":{\"level\":\"information\"},\"message\":\"");
    Json.message(json, event, "\\n");
    json.append("\",\"winlog\":{\"api\":\"wineventlog\",\"channel\":\"")
        .append(SysmonEvent.CHANNEL)
        .append("\",\"computer_name\":\"")
        .append(event.computer())
        .append("\",\"event_data\":{");
    Json.fields(json, event);
    Json.end(json)
        .append(",\"event_id\":\"")
        .append(type.id)
        .append("\",\"opcode\":\"Info\",\"process\":{\"pid\":")
        .append(SysmonEvent.PROCESS)
        .append(",\"thread\":{\"id\":")
        .append(event.thread())
        .append("}},\"provider_guid\":\"")
        .append(SysmonEvent.PROVIDER_GUID)
        .append("\",\"provider_name\":\"")
        .append(SysmonEvent.PROVIDER)
        .append("\",\"record_id\":")
        .append(event.recordId())
        .append(",\"task\":\"")
        .append(type.task)
        .append("\",\"user\":{\"domain\":\"NT AUTHORITY\",\"identifier\":\"S-1-5-18\",")
        .append("\"name\":\"SYSTEM\",\"type\":\"User\"},\"version\":")
        .append(type.version)
        .append("}}");
  }
}
