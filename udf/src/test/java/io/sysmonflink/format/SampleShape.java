package io.sysmonflink.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writers of events, one for each shape, with wrong times wherever the shape carries others. */
enum SampleShape {
  WINDOWS_XML("windows_xml"),
  XML_OVER_LINES("windows_xml"),
  WINLOGBEAT("winlogbeat"),
  WINLOGBEAT6("winlogbeat6"),
  WAZUH("wazuh"),
  NAMED_DATA_LIST("named_data_list"),
  NAMED_DATA_LIST_AT("named_data_list"),
  DATADOG("datadog"),
  EVTX_DUMP("evtx_dump"),
  SENTINEL("sentinel"),
  POWERSHELL("powershell"),
  NXLOG("nxlog"),
  AZURE("azure/windows_xml"),
  ELASTIC_ORIGINAL("elastic_original/windows_xml"),
  SPLUNK_EXPORT("splunk_export/windows_xml"),
  SPLUNK_HEC_TEXT("splunk_hec/windows_xml"),
  SPLUNK_HEC_OBJECT("splunk_hec/winlogbeat"),
  SPLUNK_HEC_IN_EXPORT("splunk_export/splunk_hec/nxlog");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What the tally counts it under. */
  final String label;

  SampleShape(String label) {
    this.label = label;
  }

  String write(SampleEvent event) {
    return switch (this) {
      case WINDOWS_XML -> xml(event, "");
      case XML_OVER_LINES -> xml(event, "\n  ");
      default -> json(event).toString();
    };
  }

  private ObjectNode json(SampleEvent event) {
    Instant other = event.time().plus(Duration.ofHours(30)).minusMillis(2_800);
    ObjectNode json = MAPPER.createObjectNode();
    switch (this) {
      case WINLOGBEAT -> {
        json.put("@timestamp", event.time().toString());
        json.putObject("event").put("code", String.valueOf(event.id())).put("kind", "event");
        ObjectNode winlog = json.putObject("winlog");
        winlog.put("event_id", String.valueOf(event.id())).put("record_id", event.recordId());
        winlog.put("provider_name", event.provider()).put("channel", event.channel());
        winlog.put("computer_name", event.computer());
        winlog.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
      }
      case WINLOGBEAT6 -> {
        json.put("@timestamp", event.time().toString()).put("event_id", event.id());
        json.put("source_name", event.provider()).put("log_name", event.channel());
        json.put("computer_name", event.computer());
        json.put("record_number", String.valueOf(event.recordId()));
        json.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
      }
      case WAZUH -> {
        json.put("timestamp", other.toString());
        ObjectNode win = json.putObject("data").putObject("win");
        ObjectNode system = win.putObject("system");
        system.put("providerName", event.provider()).put("eventID", String.valueOf(event.id()));
        system.put("systemTime", event.time().toString()).put("channel", event.channel());
        system.put("computer", event.computer());
        system.put("eventRecordID", String.valueOf(event.recordId()));
        ObjectNode data = win.putObject("eventdata");
        event.dataWith(other).forEach((name, value) -> data.put(lowerCamel(name), value));
      }
      case NAMED_DATA_LIST, NAMED_DATA_LIST_AT -> {
        boolean at = this == NAMED_DATA_LIST_AT;
        ArrayNode data = tree(json, event, at ? "@" : "").putArray("Data");
        event
            .dataWith(other)
            .forEach(
                (name, value) -> {
                  ObjectNode element = data.addObject().put(at ? "@Name" : "Name", name);
                  if (!value.isEmpty()) {
                    element.put(at ? "#text" : "text", value);
                  }
                });
      }
      case DATADOG -> tree(json, event, "").set("Data", MAPPER.valueToTree(event.dataWith(other)));
      case EVTX_DUMP -> {
        ObjectNode data = tree(json, event, "#attributes");
        event.dataWith(other).forEach(data::put);
      }
      case SENTINEL -> {
        json.put("TimeGenerated", other.toString()).put("Provider", event.provider());
        json.put("Channel", event.channel()).put("Computer", event.computer());
        json.put("EventRecordID", event.recordId()).put("EventID", event.id());
        json.put("EventData", MAPPER.valueToTree(event.dataWith(event.time())).toString());
      }
      case POWERSHELL, NXLOG -> {
        json.put(this == NXLOG ? "EventTime" : "TimeCreated", other.toString());
        json.put("@timestamp", other.toString()).put("EventID", event.id());
        json.put("SourceName", event.provider()).put("Channel", event.channel());
        json.put("Hostname", event.computer()).put("host", "collector");
        json.put("RecordNumber", event.recordId());
        event.dataWith(event.time()).forEach(json::put);
      }
      case AZURE -> json.putObject("properties").put("RawXml", xml(event, "")).put("EventId", 7);
      case ELASTIC_ORIGINAL -> {
        json.put("@timestamp", other.toString());
        json.putObject("event").put("code", "7").put("original", xml(event, "\n"));
        json.putObject("winlog").put("event_id", "7");
        json.putObject("process").put("executable", "x");
      }
      case SPLUNK_EXPORT ->
          json.put("preview", false).putObject("result").put("_raw", xml(event, "\r\n"));
      case SPLUNK_HEC_TEXT -> json.put("time", 1).put("event", "\uFEFF" + xml(event, ""));
      case SPLUNK_HEC_OBJECT -> json.put("time", 1).set("event", WINLOGBEAT.json(event));
      case SPLUNK_HEC_IN_EXPORT -> {
        ObjectNode hec = MAPPER.createObjectNode().put("host", "h");
        hec.put("event", NXLOG.write(event));
        json.putObject("result").put("_raw", hec.toString());
      }
      case WINDOWS_XML, XML_OVER_LINES -> throw new IllegalStateException(this + " is no JSON");
    }
    return json;
  }

  /** Event.System; returns Event.EventData. */
  private static ObjectNode tree(ObjectNode json, SampleEvent event, String attributes) {
    ObjectNode system = json.putObject("Event").putObject("System");
    attribute(system.putObject("Provider"), attributes, "Name", event.provider());
    if (attributes.isEmpty()) {
      system.put("EventID", event.id());
    } else {
      attribute(system.putObject("EventID"), attributes, "Qualifiers", "");
      system.withObject("/EventID").put("#text", event.id());
    }
    attribute(system.putObject("TimeCreated"), attributes, "SystemTime", event.time().toString());
    system.put("EventRecordID", event.recordId()).put("Channel", event.channel());
    system.put("Computer", event.computer());
    return json.withObject("/Event").putObject("EventData");
  }

  private static void attribute(ObjectNode element, String style, String name, String value) {
    if (style.equals("#attributes")) {
      element.putObject(style).put(name, value);
    } else {
      element.put(style + name, value);
    }
  }

  private static String lowerCamel(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static String xml(SampleEvent event, String between) {
    Instant other = event.time().minusMillis(2_800);
    String data =
        event.dataWith(other).entrySet().stream()
            .map(field -> between + dataElement(field))
            .collect(Collectors.joining());
    return String.join(
        between,
        "<Event xmlns='" + SystemElement.NAMESPACE + "'>",
        "<System>",
        "<Provider Name='" + event.provider() + "'/>",
        "<EventID>" + event.id() + "</EventID>",
        "<TimeCreated SystemTime='" + event.time() + "'/>",
        "<EventRecordID>" + event.recordId() + "</EventRecordID>",
        "<Channel>" + escaped(event.channel()) + "</Channel>",
        "<Computer>" + escaped(event.computer()) + "</Computer>",
        "</System>",
        "<EventData>" + data,
        "</EventData>",
        "</Event>");
  }

  private static String dataElement(Map.Entry<String, String> field) {
    return "<Data Name='" + field.getKey() + "'>" + escaped(field.getValue()) + "</Data>";
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
