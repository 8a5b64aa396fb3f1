package io.sysmonflink.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a JSON object of any of the known shapes with Jackson. */
final class JsonEventParser {

  private static final int MAX_DEPTH = 64;

  /** In the order in which they are tried. */
  private static final List<JsonShape> SHAPES = List.of(new WinlogbeatShape(), new NxlogShape());

  private final ObjectReader reader;

  /**
   * @param maxRecordSize in bytes; no value of a record can be longer
   */
  JsonEventParser(int maxRecordSize) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(maxRecordSize)
                    .maxNameLength(maxRecordSize)
                    .maxNumberLength(100)
                    .build())
            .build();
    reader =
        new ObjectMapper(factory)
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .forType(JsonNode.class);
  }

  /**
   * Reads the object in {@code b[from, to)}, which is UTF-8, into {@code event}, which is clear.
   * Its event id is set first; where that is unwanted, nothing else is.
   *
   * @return the text of the event's time, or null
   */
  String parse(byte[] b, int from, int to, EventIds wanted, EventFields event)
      throws BadRecordException {
    JsonNode object = tree(b, from, to);
    for (JsonShape shape : SHAPES) {
      if (shape.matches(object)) {
        event.shape = shape.name();
        event.eventCode = eventId(shape, object);
        return wanted.isWanted(event.eventCode) ? shape.read(object, event) : null;
      }
    }
    throw new BadRecordException(
        ErrorType.NO_EVENT_ID,
        "an object of no known shape: no event id found; its keys are " + keys(object));
  }

  private JsonNode tree(byte[] b, int from, int to) throws BadRecordException {
    try {
      JsonNode node = reader.readValue(b, from, to - from);
      return node;
    } catch (StreamConstraintsException e) {
      throw new BadRecordException(
          e.getMessage().contains("nesting depth") ? ErrorType.TOO_DEEP : ErrorType.MALFORMED_JSON,
          Excerpt.plain(e.getOriginalMessage()));
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      throw new BadRecordException(
          message.startsWith("Duplicate field")
              ? ErrorType.DUPLICATE_FIELD
              : ErrorType.MALFORMED_JSON,
          Excerpt.plain(message));
    } catch (IOException e) {
      throw new BadRecordException(ErrorType.MALFORMED_JSON, Excerpt.plain(e.toString()));
    }
  }

  private static int eventId(JsonShape shape, JsonNode object) throws BadRecordException {
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
