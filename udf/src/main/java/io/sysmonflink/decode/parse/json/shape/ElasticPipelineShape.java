package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Winlogbeat event after Elastic's pipeline for Sysmon, which moves fields of EventData to the
 * names of the Elastic Common Schema. What is left is read from there. QueryResults is lost for
 * good, and QueryStatus is a word ({@code SUCCESS}).
 */
final class ElasticPipelineShape implements JsonShape {

  /** Where the pipeline puts the fields that it takes out of EventData. */
  private static final Map<String, JsonPointer> MOVED = new LinkedHashMap<>();

  static {
    moved("Image", "/process/executable");
    moved("ProcessGuid", "/process/entity_id");
    moved("ProcessId", "/process/pid");
    moved("CommandLine", "/process/command_line");
    moved("CurrentDirectory", "/process/working_directory");
    moved("OriginalFileName", "/process/pe/original_file_name");
    moved("Company", "/process/pe/company");
    moved("Description", "/process/pe/description");
    moved("FileVersion", "/process/pe/file_version");
    moved("Product", "/process/pe/product");
    moved("ParentImage", "/process/parent/executable");
    moved("ParentProcessGuid", "/process/parent/entity_id");
    moved("ParentProcessId", "/process/parent/pid");
    moved("ParentCommandLine", "/process/parent/command_line");
    moved("QueryName", "/dns/question/name");
    moved("QueryStatus", "/sysmon/dns/status");
    moved("RuleName", "/rule/name");
    moved("Protocol", "/network/transport");
    moved("SourceIp", "/source/ip");
    moved("SourceHostname", "/source/domain");
    moved("SourcePort", "/source/port");
    moved("DestinationIp", "/destination/ip");
    moved("DestinationHostname", "/destination/domain");
    moved("DestinationPort", "/destination/port");
    moved("TargetFilename", "/file/path");
    moved("TargetObject", "/registry/path");
  }

  /** The hashes in the order in which Sysmon writes them, and where each is. */
  private static final Map<String, List<JsonPointer>> HASHES = new LinkedHashMap<>();

  static {
    hash("SHA1", "/process/hash/sha1", "/file/hash/sha1", "/hash/sha1");
    hash("MD5", "/process/hash/md5", "/file/hash/md5", "/hash/md5");
    hash("SHA256", "/process/hash/sha256", "/file/hash/sha256", "/hash/sha256");
    hash("IMPHASH", "/process/pe/imphash", "/file/pe/imphash", "/process/hash/imphash");
  }

  private final EventDataReader eventData;

  ElasticPipelineShape(EventDataReader eventData) {
    this.eventData = eventData;
  }

  private static void moved(String field, String place) {
    MOVED.put(field, JsonPointer.compile(place));
  }

  private static void hash(String name, String... places) {
    HASHES.put(name, Arrays.stream(places).map(JsonPointer::compile).toList());
  }

  @Override
  public String name() {
    return "elastic_pipeline";
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.path("winlog").isObject()
        && MOVED.keySet().stream().anyMatch(field -> isMoved(object, field));
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return WinlogbeatShape.idOf(object);
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    WinlogbeatShape.readEnvelope(object, event);
    eventData.read(eventData(object), event);
    for (var field : MOVED.entrySet()) {
      if (isMoved(object, field.getKey())) {
        EventDataReader.put(field.getKey(), object.at(field.getValue()), event);
      }
    }
    putUnlessThere("User", user(object), object, event);
    JsonNode network = object.path("network");
    putUnlessThere("Initiated", isOutbound(network), object, event);
    putUnlessThere("SourceIsIpv6", isIpv6(network), object, event);
    putUnlessThere("Hashes", hashes(object), object, event);
    putUnlessThere("Details", details(object.path("registry").path("data")), object, event);
    putUnlessThere("UtcTime", utcTime(object), object, event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return WinlogbeatShape.timeOf(object, event);
  }

  private static void putUnlessThere(String field, String value, JsonNode object, EventFields event)
      throws BadRecordException {
    if (value != null && !eventData(object).has(field)) {
      event.put(field, value);
    }
  }

  private static String user(JsonNode object) {
    String name = JsonShape.text(object.path("user").path("name"));
    String domain = JsonShape.text(object.path("user").path("domain"));
    return name == null || domain == null ? name : domain + "\\" + name;
  }

  /** Whether the host itself opened the connection, in Sysmon's words. */
  private static String isOutbound(JsonNode network) {
    String direction = String.valueOf(JsonShape.text(network.path("direction")));
    return switch (direction) {
      case "egress", "outbound" -> "true";
      case "ingress", "inbound" -> "false";
      default -> null;
    };
  }

  private static String isIpv6(JsonNode network) {
    String type = JsonShape.text(network.path("type"));
    return type == null ? null : String.valueOf(type.equals("ipv6"));
  }

  /** The pipeline's {@code @timestamp} is Sysmon's UtcTime, in another spelling. */
  private static String utcTime(JsonNode object) {
    String time = JsonShape.text(object.path("@timestamp"));
    return time == null ? null : time.replace('T', ' ').replace("Z", "");
  }

  /** A number is written as Sysmon has it, where the pipeline has kept what it was. */
  private static String details(JsonNode data) {
    String text = JsonShape.text(data.path("strings"));
    String type = String.valueOf(JsonShape.text(data.path("type")));
    if (text == null || !type.endsWith("WORD") || !text.matches("\\d{1,10}")) {
      return text;
    }
    long number = Long.parseLong(text);
    if (type.endsWith("DWORD")) {
      return "DWORD (0x%08x)".formatted(number);
    }
    // It adds up the two halves wrongly: only of a small number is it clear what they were.
    return number < 256 ? "QWORD (0x00000000-0x%08x)".formatted(number) : null;
  }

  private static String hashes(JsonNode object) {
    List<String> hashes = new ArrayList<>();
    HASHES.forEach(
        (name, places) -> {
          String hash =
              JsonShape.firstText(places.stream().map(object::at).toArray(JsonNode[]::new));
          if (hash != null) {
            hashes.add(name + "=" + hash.toUpperCase(Locale.ROOT));
          }
        });
    return hashes.isEmpty() ? null : String.join(",", hashes);
  }

  /** Some lists of ECS are one value of Sysmon's. */
  private static boolean isMoved(JsonNode object, String field) {
    JsonNode place = object.at(MOVED.get(field));
    return (place.isValueNode() || place.isArray()) && !eventData(object).has(field);
  }

  private static JsonNode eventData(JsonNode object) {
    return object.path("winlog").path("event_data");
  }
}
