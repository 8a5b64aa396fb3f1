package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sysmonflink.decode.deadletter.BadRecordException;
import io.sysmonflink.decode.deadletter.ErrorType;
import io.sysmonflink.decode.deadletter.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Jackson, so set that a record costs no more than its size and means one thing only. */
public final class StrictJson {

  private static final int MAX_DEPTH = 64;

  private final ObjectReader reader;

  /**
   * @param maxRecordSize in bytes; no value of a record can be longer
   */
  public StrictJson(int maxRecordSize) {
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

  /** One JSON value in a text. */
  public JsonNode read(String text) throws BadRecordException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length);
  }

  /** The one JSON value in {@code b[from, to)}, which is UTF-8. */
  JsonNode read(byte[] b, int from, int to) throws BadRecordException {
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
}
