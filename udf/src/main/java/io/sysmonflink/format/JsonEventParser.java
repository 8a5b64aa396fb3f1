package io.sysmonflink.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a JSON object of any of the known shapes. A shape may be a wrapper around a record of
 * another, XML too: that is taken out and read as if it had come on its own.
 */
final class JsonEventParser {

  /** No real log has more than two wrappers around an event. */
  private static final int MAX_WRAPPERS = 4;

  private final int maxRecordSize;
  private final StrictJson json;
  private final XmlEventParser xml;

  /** In the order in which they are tried. */
  private final List<JsonShape> shapes;

  /**
   * @param maxRecordSize in bytes; no value of a record can be longer
   */
  JsonEventParser(int maxRecordSize, XmlEventParser xml) {
    this.maxRecordSize = maxRecordSize;
    this.json = new StrictJson(maxRecordSize);
    this.xml = xml;
    this.shapes =
        List.of(
            new ElasticOriginalWrapper(),
            new ElasticPipelineShape(),
            new WinlogbeatShape(),
            new Winlogbeat6Shape(),
            new WazuhShape(),
            new NamedDataListShape(),
            new DatadogShape(),
            new EvtxDumpShape(),
            new SentinelShape(json),
            new PowerShellShape(),
            new NxlogShape(),
            new AzureWrapper(),
            new SplunkExportWrapper(),
            new SplunkHecWrapper());
  }

  /**
   * Reads the object in {@code b[from, to)}, which is UTF-8, into {@code event}, which is clear.
   * Its event id is always set; where that is unwanted, nothing else need be.
   */
  void parse(byte[] b, int from, int to, EventIds wanted, EventFields event)
      throws BadRecordException {
    JsonNode object = json.read(b, from, to);
    String wrappers = "";
    for (int depth = 0; depth <= MAX_WRAPPERS; depth++) {
      JsonShape shape = shapeOf(object);
      if (shape instanceof JsonEventShape eventShape) {
        event.shape = wrappers.isEmpty() ? shape.name() : wrappers + shape.name();
        event.eventCode = eventId(eventShape, object);
        if (wanted.isWanted(event.eventCode)) {
          event.logTime.set(eventShape.read(object, event));
        }
        return;
      }
      wrappers += shape.name() + "/";
      JsonNode wrapped = ((JsonWrapper) shape).wrapped(object);
      if (wrapped.isTextual()) {
        byte[] text = wrapped.textValue().getBytes(StandardCharsets.UTF_8);
        RecordFramer framer = frame(text, shape);
        if (framer.kind() == RecordFramer.Kind.XML) {
          xml.parse(text, framer.start(), framer.end(), event);
          event.shape = wrappers + event.shape;
          return;
        }
        wrapped = json.read(text, framer.start(), framer.end());
      }
      object = wrapped;
    }
    throw new BadRecordException(
        ErrorType.TOO_DEEP, "more than " + MAX_WRAPPERS + " wrappers around an event: " + wrappers);
  }

  private JsonShape shapeOf(JsonNode object) throws BadRecordException {
    for (JsonShape shape : shapes) {
      if (shape.matches(object)) {
        return shape;
      }
    }
    throw new BadRecordException(
        ErrorType.NO_EVENT_ID,
        "an object of no known shape: no event id found; its keys are " + keys(object));
  }

  /** Finds the one record of a text: the framer that has it. */
  private RecordFramer frame(byte[] text, JsonShape wrapper) throws BadRecordException {
    RecordFramer framer = new RecordFramer(maxRecordSize);
    framer.reset(Latin1.view(text, text.length), true);
    int records = 0;
    ErrorType error = null;
    while (records < 2 && framer.next()) {
      records++;
      error = framer.errorType();
    }
    if (records == 1 && error == null) {
      return framer;
    }
    throw new BadRecordException(
        error == null ? ErrorType.NOT_AN_EVENT : error,
        "the text that %s wraps is to be one XML event or JSON object, not %s"
            .formatted(
                wrapper.name(),
                records > 1
                    ? "several records"
                    : Excerpt.of(new String(text, StandardCharsets.UTF_8))));
  }

  private static int eventId(JsonEventShape shape, JsonNode object) throws BadRecordException {
    JsonNode node = shape.eventId(object);
    String text = JsonShape.text(node);
    int id = text == null ? EventIds.NOT_AN_ID : EventIds.parse(text, 0, text.length());
    if (id == EventIds.NOT_AN_ID) {
      throw new BadRecordException(
          ErrorType.NO_EVENT_ID,
          "the event id of "
              + shape.name()
              + " is to be a number from 0 to 65535, not "
              + (text == null ? "missing" : Excerpt.of(text)));
    }
    return id;
  }

  private static String keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return Excerpt.of(String.join(", ", keys));
  }
}
