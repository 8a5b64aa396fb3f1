package io.sysmonflink.jobs.oracle;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Events as JSON lines of Winlogbeat and NXLog, with the wrong times that those carry too. */
final class JsonText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> DATA =
      List.of("QueryName", "QueryStatus", "QueryResults", "Image", "User");

  private JsonText() {}

  static String winlogbeat(WindowsEvent event, Random random) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("@timestamp", XmlText.utc("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", event.time()));
    json.putObject("agent").put("type", "winlogbeat").put("version", "8.15.3");
    json.putObject("event").put("code", String.valueOf(event.eventId())).put("kind", "event");
    json.put("message", "Dns query:\n\"EventID\":22,\"event_id\":\"22\"");
    ObjectNode winlog = json.putObject("winlog");
    put(winlog, random, "channel", event.channel());
    put(winlog, random, "computer_name", event.computer());
    ObjectNode data = winlog.putObject("event_data");
    Instant utcTime = event.time().minusMillis(random.nextInt(10_000) - 2_800L);
    data.put("UtcTime", XmlText.utc("uuuu-MM-dd HH:mm:ss.SSS", utcTime));
    data(data, random, event);
    winlog.put("event_id", String.valueOf(event.eventId()));
    put(winlog, random, "provider_name", event.provider());
    winlog.put("record_id", random.nextInt(1_000_000));
    return json.toString();
  }

  static String nxlog(WindowsEvent event, Random random) {
    return flat(MAPPER.createObjectNode(), event, random).toString();
  }

  static String nxlogThroughLogstash(WindowsEvent event, Random random) {
    ObjectNode json = MAPPER.createObjectNode();
    Instant arrival = event.time().plus(Duration.ofMinutes(random.nextInt(135 * 60)));
    json.put("@timestamp", XmlText.utc("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", arrival));
    json.put("@version", "1").put("host", "collector.example.com").put("port", 51423);
    return flat(json, event, random).toString();
  }

  private static ObjectNode flat(ObjectNode json, WindowsEvent event, Random random) {
    Instant local = event.time().plus(Duration.ofHours(random.nextInt(24) - 11L));
    json.put("EventTime", XmlText.utc("uuuu-MM-dd HH:mm:ss", local));
    put(json, random, "Hostname", event.computer());
    json.put("EventID", event.eventId());
    put(json, random, "SourceName", event.provider());
    put(json, random, "Channel", event.channel());
    json.put("Message", "Dns query:\r\n\"EventID\":22");
    json.put("UtcTime", XmlText.utc("uuuu-MM-dd HH:mm:ss.SSS", event.time()));
    data(json, random, event);
    json.put("SourceModuleType", "im_msvistalog");
    return json;
  }

  private static void data(ObjectNode json, Random random, WindowsEvent event) {
    for (String name : DATA) {
      put(json, random, name, event.data().get(name));
    }
  }

  /** A missing value is left out, empty, or null. */
  private static void put(ObjectNode json, Random random, String name, String value) {
    int empty = random.nextInt(3);
    if (value != null || empty == 0) {
      json.put(name, value);
    } else if (empty == 1) {
      json.put(name, "");
    }
  }
}
