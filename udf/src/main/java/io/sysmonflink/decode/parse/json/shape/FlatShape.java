package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.SysmonEvents;
import io.sysmonflink.decode.event.SysmonSchema;
import io.sysmonflink.decode.parse.json.JsonShape;
import io.sysmonflink.decode.parse.json.MessageFields;

/**
 * Envelope and EventData side by side in one flat object. {@code Hostname} is the endpoint ({@code
 * host} is the collector).
 *
 * <p>The time is UtcTime: {@code EventTime} is local time without a zone, {@code TimeCreated} local
 * time in some exports and the time of the export in others, and {@code @timestamp} when a
 * collector saw it. These count only for events that have no UtcTime, which are not Sysmon's; the
 * local ones then are better than none.
 *
 * <p>Some shippers have names of their own in the envelope that are fields of Sysmon's too: {@link
 * SysmonSchema#CONTESTED}. Where Sysmon's schema has no such field in an event of this id, the
 * value is the shipper's and is passed over. Where it has, the value is Sysmon's if it stands in
 * the Message, or if it does not look like the shipper's.
 */
final class FlatShape implements JsonShape {

  /** Of the shippers that tell what they are. */
  public enum Layout {
    /** Fluent Bit's winevtlog, without EventData: {@link MessageFields} reads the Message. */
    FLUENT_BIT("fluent_bit"),
    /** Exports by PowerShell: {@code TimeCreated}, and no {@code EventTime}. */
    POWERSHELL("powershell"),
    /** NXLog, alone or through Logstash, and what looks like it. */
    NXLOG("nxlog");

    private final String label;

    Layout(String label) {
      this.label = label;
    }
  }

  private final Layout layout;

  FlatShape(Layout layout) {
    this.layout = layout;
  }

  @Override
  public String name() {
    return layout.label;
  }

  @Override
  public boolean matches(JsonNode object) {
    return FlatEnvelope.isIn(object)
        && switch (layout) {
          case FLUENT_BIT -> object.has("StringInserts");
          case POWERSHELL -> object.has("TimeCreated") && !object.has("EventTime");
          case NXLOG -> true;
        };
  }

  @Override
  public JsonNode eventId(JsonNode object) {
    return FlatEnvelope.eventId(object);
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    FlatEnvelope.read(object, event);
    for (var member : object.properties()) {
      if (!isContested(member.getKey()) && !isPowerShells(member.getKey())) {
        EventDataReader.put(member.getKey(), member.getValue(), event);
      }
    }
    if (layout == Layout.POWERSHELL || SysmonSchema.hasContested(event.eventCode())) {
      readContested(object, event);
    }
  }

  /** Whether a shipper may mean something of its own by this name, in either case of a letter. */
  private static boolean isContested(String name) {
    return !name.isEmpty()
        && SysmonSchema.CONTESTED.contains(
            Character.toUpperCase(name.charAt(0)) + name.substring(1));
  }

  /** PowerShell's own ProcessId is that of the program that logged: Sysmon. */
  private boolean isPowerShells(String name) {
    return layout == Layout.POWERSHELL && name.equals("ProcessId");
  }

  private void readContested(JsonNode object, EventFields event) throws BadRecordException {
    for (String field : SysmonSchema.fields(event.eventCode())) {
      if (!isContested(field) && !isPowerShells(field)) {
        continue;
      }
      String told = MessageFields.of(object, event.eventCode()).get(field);
      JsonNode own = object.path(field);
      if (told != null) {
        event.put(field, told);
      } else if (isPowerShells(field) || !isShippers(own)) {
        EventDataReader.put(field, own, event);
      }
    }
  }

  /** A severity in capitals, or the number of a template. Sysmon has neither. */
  private static boolean isShippers(JsonNode value) {
    String text = JsonShape.text(value);
    return text == null || text.chars().noneMatch(c -> Character.isLowerCase(c) || c == '.');
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    String time = JsonShape.firstText(object, "UtcTime");
    if (time == null) {
      time = event.utcTime().text(); // from the Message
    }
    if (time == null && layout == Layout.FLUENT_BIT) {
      time = JsonShape.firstText(object, "TimeCreated"); // with its zone
    }
    if (time == null) {
      time = JsonShape.firstText(object, "@timestamp");
    }
    return time == null && !SysmonEvents.isOfSysmon(event)
        ? JsonShape.firstText(object, "EventTime", "TimeCreated")
        : time;
  }
}
