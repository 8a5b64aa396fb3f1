package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sysmonflink.decode.bytes.Latin1;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.deadletter.UnreadShape;
import io.sysmonflink.decode.event.EventFields;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.SysmonEvents;
import io.sysmonflink.decode.frame.RecordFramer;
import io.sysmonflink.decode.parse.json.JsonElements.JsonPosition;
import io.sysmonflink.decode.parse.xml.XmlEventParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a JSON object of any of the known shapes. An object that has an event id of its own is an
 * event, and no text in it is ever read as one, but for {@code event.original}. Any other may be a
 * wrapper around a record of another shape, XML too, or around a list of records: what is inside is
 * read as if it had come on its own. Where that does not read, what is around it is tried.
 */
public final class JsonEventParser {

  /** No real log has more than three wrappers around an event. */
  private static final int MAX_WRAPPERS = 4;

  private final int maxRecordSize;
  private final StrictJson json;
  private final XmlEventParser xml;

  /** In the order in which they are tried. */
  private final List<JsonShape> shapes;

  /** The event object that was read last, for its keys. */
  private JsonNode last = MissingNode.getInstance();

  /**
   * @param maxRecordSize in bytes; no value of a record can be longer
   * @param shapes in the order in which they are tried
   */
  public JsonEventParser(
      int maxRecordSize, StrictJson json, XmlEventParser xml, List<JsonShape> shapes) {
    this.maxRecordSize = maxRecordSize;
    this.json = json;
    this.xml = xml;
    this.shapes = shapes;
  }

  /**
   * Reads the object in {@code b[from, to)}, which is UTF-8, into {@code event}. Its event id is
   * always set; where that is unwanted, nothing else need be.
   *
   * @return the records in it where it holds a list of them, else null
   */
  public JsonElements parse(byte[] b, int from, int to, EventIds wanted, EventFields event)
      throws BadRecordException {
    JsonNode object = json.read(b, from, to);
    return read(object, JsonPosition.of(b, from, to), "", 0, wanted, event);
  }

  /** Reads one of the records in a list; as {@link #parse}. */
  public JsonElements parse(JsonElements elements, int index, EventIds wanted, EventFields event)
      throws BadRecordException {
    byte[] b = elements.bytes();
    int from = elements.start(index);
    int to = elements.end(index);
    JsonNode element = json.read(b, from, to);
    if (element.isTextual() && JsonWrapper.beginsARecord(element.textValue())) {
      return readText(element.textValue(), elements.wrappers(), elements.depth(), wanted, event);
    }
    if (!element.isObject()) {
      throw new BadRecordException(
          ErrorType.NOT_AN_EVENT,
          "a member of the list in %s is to be an event, not %s"
              .formatted(elements.wrappers(), Excerpt.of(element.toString())));
    }
    JsonPosition origin = JsonPosition.of(b, from, to);
    return read(element, origin, elements.wrappers(), elements.depth(), wanted, event);
  }

  /** The keys of the event that was read last. */
  public String keys() {
    return keys(last);
  }

  /** The keys of the object in {@code b[from, to)}, which was read. */
  public String keys(byte[] b, int from, int to) {
    try {
      return keys(json.read(b, from, to));
    } catch (BadRecordException e) {
      return ""; // it is told of elsewhere
    }
  }

  /**
   * @param origin where the object stands; null where it was made of another
   */
  private JsonElements read(
      JsonNode object,
      JsonPosition origin,
      String wrappers,
      int depth,
      EventIds wanted,
      EventFields event)
      throws BadRecordException {
    requireDepth(depth, wrappers);
    JsonShape shape = shapeOf(object);
    if (shape != null && !readOriginal(object, wrappers, depth, wanted, event)) {
      readEvent(shape, object, wrappers, wanted, event);
    }
    if (shape != null) {
      return null;
    }
    JsonNode nested = FlattenedDocument.nested(object);
    shape = nested == null ? null : shapeOf(nested);
    if (shape != null) {
      readEvent(shape, nested, wrappers, wanted, event);
      return null;
    }
    BadRecordException error = null;
    for (JsonWrapper wrapper : JsonWrapper.ALL) {
      String around = wrappers + wrapper.label() + "/";
      JsonNode inner = wrapper.objectIn(object);
      // OpenTelemetry's values say of which type they are.
      JsonNode plain = inner == null ? null : OtlpValue.plain(inner);
      boolean isOtlp = plain != null && !plain.isMissingNode();
      String text = isOtlp ? JsonWrapper.recordIn(plain) : wrapper.textIn(object);
      try {
        if (text != null) {
          return readText(text, around, depth + 1, wanted, event);
        }
        if (inner != null) {
          JsonPosition within = origin == null || isOtlp ? null : origin.within(wrapper.path());
          return read(isOtlp ? plain : inner, within, around, depth + 1, wanted, event);
        }
      } catch (BadRecordException e) {
        error = error == null || isOfNoShape(error) ? e : error;
      }
    }
    for (List<String> path : JsonWrapper.LISTS) {
      if (origin != null && JsonElements.areIn(object, path)) {
        String around = wrappers + String.join(".", path) + "/";
        return JsonElements.of(origin, path, around, depth + 1);
      }
    }
    throw error == null || isOfNoShape(error) ? noShape(object) : error;
  }

  private static void requireDepth(int depth, String wrappers) throws BadRecordException {
    if (depth > MAX_WRAPPERS) {
      throw new BadRecordException(
          ErrorType.TOO_DEEP,
          "more than " + MAX_WRAPPERS + " wrappers around an event: " + wrappers);
    }
  }

  /** The first shape that the object is of, and has an event id of; or null. */
  private JsonShape shapeOf(JsonNode object) {
    for (JsonShape shape : shapes) {
      if (shape.matches(object) && !shape.eventId(object).isMissingNode()) {
        return shape;
      }
    }
    return null;
  }

  /** Whether Elastic has kept the XML of an event, and it was read in place of the event. */
  private boolean readOriginal(
      JsonNode object, String wrappers, int depth, EventIds wanted, EventFields event) {
    String text = JsonWrapper.ELASTIC_ORIGINAL.textIn(object);
    if (text == null || text.stripLeading().startsWith("{")) {
      return false;
    }
    try {
      String around = wrappers + JsonWrapper.ELASTIC_ORIGINAL.label() + "/";
      return readText(text, around, depth + 1, wanted, event) == null;
    } catch (BadRecordException e) {
      return false; // what was made of it is there
    }
  }

  private void readEvent(
      JsonShape shape, JsonNode object, String wrappers, EventIds wanted, EventFields event)
      throws BadRecordException {
    event.clear();
    last = object;
    event.setShape(wrappers.isEmpty() ? shape.name() : wrappers + shape.name());
    event.setEventCode(eventId(shape, object));
    if (!wanted.isWanted(event.eventCode())) {
      return;
    }
    shape.read(object, event);
    if (!event.hasFieldOfSchema() && SysmonEvents.isOfSysmon(event)) {
      for (var field : MessageFields.of(object, event.eventCode()).entrySet()) {
        event.put(field.getKey(), field.getValue());
      }
    }
    event.logTime().set(shape.time(object, event));
  }

  private JsonElements readText(
      String text, String wrappers, int depth, EventIds wanted, EventFields event)
      throws BadRecordException {
    requireDepth(depth, wrappers);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RecordFramer framer = frame(bytes, wrappers);
    if (framer.kind() == RecordFramer.Kind.XML) {
      last = MissingNode.getInstance();
      xml.parse(bytes, framer.start(), framer.end(), event);
      event.setShape(wrappers + event.shape());
      return null;
    }
    JsonNode object = json.read(bytes, framer.start(), framer.end());
    JsonPosition origin = JsonPosition.of(bytes, framer.start(), framer.end());
    return read(object, origin, wrappers, depth, wanted, event);
  }

  /** Finds the one record of a text: the framer that has it. */
  private RecordFramer frame(byte[] text, String wrappers) throws BadRecordException {
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
        "the text in %s is to be one XML event or JSON object, not %s"
            .formatted(
                wrappers.substring(0, wrappers.length() - 1),
                records > 1
                    ? "several records"
                    : Excerpt.of(new String(text, StandardCharsets.UTF_8))));
  }

  private static int eventId(JsonShape shape, JsonNode object) throws BadRecordException {
    String text = JsonShape.text(shape.eventId(object));
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

  private static boolean isOfNoShape(BadRecordException e) {
    return e.getMessage().startsWith(NO_SHAPE);
  }

  private static final String NO_SHAPE = "an object of no known shape";

  private static BadRecordException noShape(JsonNode object) {
    return new BadRecordException(
        ErrorType.NO_EVENT_ID,
        NO_SHAPE + ": no event id found; its keys are " + keys(object) + UnreadShape.of(object));
  }

  private static String keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return Excerpt.ofKeys(keys);
  }
}
