package io.sysmonflink.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sysmonflink.decode.parse.xml.SystemElement;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writers of events, one for each shape, with wrong times wherever the shape carries others. */
public enum SampleShape {
  WINDOWS_XML("windows_xml"),
  XML_OVER_LINES("windows_xml"),
  WINLOGBEAT("winlogbeat"),
  WINLOGBEAT6("winlogbeat6"),
  WAZUH("wazuh"),
  WAZUH_ALERT("wazuh"),
  FILEBEAT("winlogbeat"),
  LISTS_OF_ONE("winlogbeat"),
  DOTTED("winlogbeat"),
  KIBANA_FIELDS("fields/winlogbeat"),
  GRAYLOG("winlogbeat"),
  VECTOR("vector"),
  OTEL("otel"),
  OTEL_LIST("otel"),
  OTLP("resourceLogs.scopeLogs.logRecords/body/otel"),
  PROMTAIL("promtail"),
  EVTXECMD("evtxecmd"),
  VELOCIRAPTOR("velociraptor"),
  DATA_PAIRS("named_data_list"),
  DATA_PARSED("evtx_dump"),
  CHAINSAW("evtx_dump"),
  SENTINEL_XML("sentinel"),
  FLUENT_BIT("fluent_bit"),
  FLUENT_BIT_INSERTS("fluent_bit"),
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
  public final String label;

  SampleShape(String label) {
    this.label = label;
  }

  public String write(SampleEvent event) {
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
        json.putObject("agent").put("type", "winlogbeat");
        json.putObject("event").put("code", String.valueOf(event.id())).put("kind", "event");
        ObjectNode winlog = json.putObject("winlog");
        winlog.put("event_id", String.valueOf(event.id())).put("record_id", event.recordId());
        winlog.put("provider_name", event.provider()).put("channel", event.channel());
        winlog.put("computer_name", event.computer());
        winlog.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
      }
      case WINLOGBEAT6 -> {
        json.put("@timestamp", event.time().toString()).put("event_id", event.id());
        json.put("type", "wineventlog");
        json.put("source_name", event.provider()).put("log_name", event.channel());
        json.put("computer_name", event.computer());
        json.put("record_number", String.valueOf(event.recordId()));
        json.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
      }
      case FILEBEAT -> {
        json = WINLOGBEAT.json(event);
        json.put("@timestamp", other.toString());
        json.withObject("/agent").put("type", "filebeat");
        json.withObject("/winlog").put("time_created", event.time().toString());
      }
      case LISTS_OF_ONE, DOTTED, KIBANA_FIELDS, GRAYLOG -> {
        boolean list = this == LISTS_OF_ONE || this == KIBANA_FIELDS;
        ObjectNode nested = WINLOGBEAT.json(event);
        ObjectNode flat = this == KIBANA_FIELDS ? json.putObject("fields") : json;
        if (this == LISTS_OF_ONE) {
          json = nested;
          flat = nested.withObject("/winlog/event_data");
          nested = flat.deepCopy();
          flat.removeAll();
        }
        flatten(nested, "", this == GRAYLOG ? "_" : ".", list, flat);
      }
      case VECTOR -> {
        json.put("timestamp", event.time().toString()).put("host", event.computer());
        json.put("message", "Dns query").put("event_id", event.id()).put("version", 5);
        json.put("provider_name", event.provider()).put("channel", event.channel());
        json.put("computer", event.computer()).put("record_id", event.recordId());
        json.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
      }
      case OTEL, OTEL_LIST -> {
        json.put("channel", event.channel()).put("computer", event.computer());
        json.putObject("event_id").put("qualifiers", 0).put("id", event.id());
        json.putObject("provider").put("name", event.provider()).put("guid", "{}");
        json.put("record_id", event.recordId()).put("system_time", event.time().toString());
        if (this == OTEL) {
          json.set("event_data", MAPPER.valueToTree(event.dataWith(other)));
        } else {
          ArrayNode data = json.putObject("event_data").putArray("data");
          event.dataWith(other).forEach((name, value) -> data.addObject().put(name, value));
        }
      }
      case OTLP -> {
        ObjectNode scope = json.putArray("resourceLogs").addObject();
        ObjectNode log = scope.putArray("scopeLogs").addObject().putArray("logRecords").addObject();
        log.put("timeUnixNano", "1").set("body", otlp(OTEL.json(event)));
      }
      case PROMTAIL -> {
        json.put("source", event.provider()).put("channel", event.channel());
        json.put("computer", event.computer()).put("event_id", event.id());
        json.put("eventRecordID", event.recordId()).put("timeCreated", event.time().toString());
        json.put("event_data", dataElements(event, other, ""));
      }
      case EVTXECMD -> {
        ArrayNode data = MAPPER.createArrayNode();
        event
            .dataWith(other)
            .forEach(
                (name, value) -> data.addObject().put("@Name", name).put("#text", escaped(value)));
        ObjectNode payload = MAPPER.createObjectNode();
        payload.putObject("EventData").set("Data", data);
        json.put("Payload", payload.toString()).put("EventId", event.id());
        json.put("Provider", event.provider()).put("Channel", event.channel());
        json.put("Computer", event.computer()).put("ProcessId", 4);
        json.put("EventRecordId", String.valueOf(event.recordId()));
        json.put("TimeCreated", event.time().toString().replace("Z", "+00:00"));
      }
      case VELOCIRAPTOR -> {
        ObjectNode data = tree(json, event, "");
        event.dataWith(other).forEach(data::put);
        ObjectNode inner = (ObjectNode) json.remove("Event");
        inner.withObject("/System").putObject("EventID").put("Value", event.id());
        long millis = event.time().toEpochMilli();
        inner
            .withObject("/System/TimeCreated")
            .put("SystemTime", java.math.BigDecimal.valueOf(millis, 3).doubleValue());
        json.setAll(inner);
        json.put("EventID", event.id()).put("Channel", "");
      }
      case DATA_PAIRS -> {
        ArrayNode data = tree(json, event, "").putArray("Data");
        event
            .dataWith(other)
            .forEach(
                (name, value) -> data.addObject().put("FieldName", name).put("Content", value));
      }
      case DATA_PARSED -> {
        ObjectNode data = tree(json, event, "@").putObject("DataParsed");
        event.dataWith(other).forEach(data::put);
      }
      case CHAINSAW -> {
        ObjectNode data = tree(json, event, "");
        event.dataWith(other).forEach(data::put);
        ObjectNode system = json.withObject("/Event/System");
        system.set("Provider_attributes", system.remove("Provider"));
        system.set("TimeCreated_attributes", system.remove("TimeCreated"));
      }
      case SENTINEL_XML -> {
        json.put("TimeGenerated", other.toString()).put("Source", event.provider());
        json.put("EventLog", event.channel()).put("Computer", event.computer());
        json.put("EventRecordID", event.recordId()).put("EventID", event.id());
        json.put("Type", "Event").put("UserName", "x");
        json.put(
            "EventData",
            "<DataItem type='System.XmlData'><EventData xmlns='x'>"
                + dataElements(event, event.time(), "")
                + "</EventData></DataItem>");
      }
      case FLUENT_BIT, FLUENT_BIT_INSERTS -> {
        json.put("ProviderName", event.provider()).put("EventID", event.id()).put("Version", 5);
        json.put("TimeCreated", "2024-11-05 09:15:30 +0100").put("Channel", event.channel());
        json.put("EventRecordID", event.recordId()).put("Computer", event.computer());
        json.put("ProcessID", 4);
        Map<String, String> data = event.dataWith(event.time());
        if (this == FLUENT_BIT || event.id() != 22) { // of other ids the message tells no Query
          json.set("EventData", MAPPER.valueToTree(data));
        } else {
          StringBuilder message = new StringBuilder("Dns query:");
          ArrayNode inserts = json.putArray("StringInserts");
          data.forEach(
              (name, value) -> {
                message.append("\r\n").append(name).append(": ").append(value);
                inserts.add(value);
              });
          json.put("Message", message.toString());
        }
      }
      case WAZUH, WAZUH_ALERT -> {
        json.put("timestamp", other.toString());
        ObjectNode win = json.putObject("data").putObject("win");
        ObjectNode system = win.putObject("system");
        system.put("providerName", event.provider()).put("eventID", String.valueOf(event.id()));
        system.put("systemTime", event.time().toString()).put("channel", event.channel());
        system.put("computer", event.computer());
        system.put("eventRecordID", String.valueOf(event.recordId()));
        ObjectNode data = win.putObject("eventdata");
        boolean alert = this == WAZUH_ALERT;
        data.put("user", alert ? "CORP\\\\a.meyer" : "CORP\\a.meyer");
        event
            .dataWith(other)
            .forEach(
                (name, value) -> {
                  String xml = escaped(value);
                  String twice = xml.replace("\\", "\\\\").replace("\"", "\\\"");
                  data.put(lowerCamel(name), alert ? twice : xml);
                });
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

  private static void flatten(
      ObjectNode object, String path, String separator, boolean list, ObjectNode target) {
    for (var member : object.properties()) {
      String key = path + member.getKey();
      if (member.getValue() instanceof ObjectNode inner) {
        flatten(inner, key + separator, separator, list, target);
      } else if (list) {
        target.putArray(key).add(member.getValue());
      } else {
        target.set(key, member.getValue());
      }
    }
  }

  /** A value with its type, as OpenTelemetry's protocol has it. */
  private static ObjectNode otlp(JsonNode value) {
    ObjectNode typed = MAPPER.createObjectNode();
    if (value.isObject()) {
      ArrayNode values = typed.putObject("kvlistValue").putArray("values");
      value
          .properties()
          .forEach(
              member ->
                  values
                      .addObject()
                      .put("key", member.getKey())
                      .set("value", otlp(member.getValue())));
    } else if (value.isNumber()) {
      typed.put("intValue", value.asText());
    } else {
      typed.put("stringValue", value.asText());
    }
    return typed;
  }

  private static String dataElements(SampleEvent event, Instant utcTime, String between) {
    return event.dataWith(utcTime).entrySet().stream()
        .map(field -> between + dataElement(field))
        .collect(Collectors.joining());
  }

  private static String xml(SampleEvent event, String between) {
    String data = dataElements(event, event.time().minusMillis(2_800), between);
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
