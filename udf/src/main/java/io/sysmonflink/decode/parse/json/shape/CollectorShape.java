package io.sysmonflink.decode.parse.json.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.parse.json.JsonShape;

/**
 * Collectors that write {@code event_id} and {@code event_data} beside the envelope, each with its
 * own names for the rest. The time is the one that the log has the event under, else UtcTime.
 */
final class CollectorShape implements JsonShape {

  /** Where each keeps what; a name with a slash is a path. */
  public enum Layout {
    /** Vector's source windows_event_log. */
    VECTOR("vector", "provider_name", "channel", "computer", "record_id", "timestamp"),
    /** The body of a record of OpenTelemetry's receiver windowseventlog. */
    OTEL("otel", "provider/name", "channel", "computer", "record_id", "system_time"),
    /** Promtail and Alloy: {@code event_data} is a text of XML. */
    PROMTAIL("promtail", "source", "channel", "computer", "eventRecordID", "timeCreated");

    private final String label;
    private final String provider;
    private final String channel;
    private final String computer;
    private final String recordId;
    private final String time;

    Layout(
        String label,
        String provider,
        String channel,
        String computer,
        String recordId,
        String time) {
      this.label = label;
      this.provider = provider;
      this.channel = channel;
      this.computer = computer;
      this.recordId = recordId;
      this.time = time;
    }
  }

  private final Layout layout;
  private final EventDataReader eventData;

  CollectorShape(Layout layout, EventDataReader eventData) {
    this.layout = layout;
    this.eventData = eventData;
  }

  @Override
  public String name() {
    return layout.label;
  }

  @Override
  public boolean matches(JsonNode object) {
    return object.has("event_id")
        && !at(object, layout.provider).isMissingNode()
        && !at(object, layout.channel).isMissingNode();
  }

  /** OpenTelemetry has it in an object, beside its qualifiers. */
  @Override
  public JsonNode eventId(JsonNode object) {
    JsonNode id = object.path("event_id");
    return id.isObject() ? id.path("id") : id;
  }

  @Override
  public void read(JsonNode object, EventFields event) throws BadRecordException {
    event.setEnvelope(
        text(object, layout.provider),
        text(object, layout.channel),
        text(object, layout.computer),
        text(object, layout.recordId));
    eventData.read(object.path("event_data"), event);
  }

  @Override
  public String time(JsonNode object, EventFields event) {
    return text(object, layout.time);
  }

  private static String text(JsonNode object, String place) {
    return JsonShape.text(at(object, place));
  }

  private static JsonNode at(JsonNode object, String place) {
    return object.at("/" + place);
  }
}
