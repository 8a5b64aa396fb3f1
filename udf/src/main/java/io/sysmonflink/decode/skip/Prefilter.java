package io.sysmonflink.decode.skip;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sysmonflink.decode.deadletter.Excerpt;
import io.sysmonflink.decode.event.EventIds;
import io.sysmonflink.decode.event.TableColumn;
import io.sysmonflink.decode.event.TextColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.RowType;

/**
 * What an event must be like for any query to select it: no row is made of one that meets none of
 * the alternatives. It takes away what no query would select; what it lets pass, the queries
 * decide.
 *
 * <p>Written as JSON, an array with an object for each alternative: {@code EventCode}, an array of
 * ids, and any column with an array of wildcard patterns, one of which must match.
 *
 * <pre>{@code
 * [{"EventCode": [22], "QueryName": ["*pastebin*", "*discord*"]}, {"EventCode": [1]}]
 * }</pre>
 */
public final class Prefilter implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The column of event ids. */
  public static final String EVENT_CODE = "EventCode";

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /**
   * One of the alternatives.
   *
   * @param ids the ids it takes
   * @param patterns by column, one of which the event's value must match
   */
  record Alternative(EventIds ids, Map<String, List<String>> patterns) implements Serializable {}

  /** Empty where everything passes. */
  private final List<Alternative> alternatives;

  private Prefilter(List<Alternative> alternatives) {
    this.alternatives = alternatives;
  }

  /** Lets every event pass. */
  public static Prefilter none() {
    return new Prefilter(List.of());
  }

  /**
   * Reads one, as the class describes; of a text that is blank everything passes.
   *
   * @throws IllegalArgumentException if it is written otherwise, with what was expected
   */
  public static Prefilter parse(String json) {
    if (json.isBlank()) {
      return none();
    }
    JsonNode array;
    try {
      array = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("is to be JSON: " + e.getOriginalMessage(), e);
    }
    require(array.isArray() && !array.isEmpty(), "is to be an array of objects", array);
    List<Alternative> alternatives = new ArrayList<>();
    for (JsonNode object : array) {
      require(object.isObject(), "is to be an array of objects", array);
      alternatives.add(alternative(object));
    }
    return new Prefilter(alternatives);
  }

  private static Alternative alternative(JsonNode object) {
    EventIds ids = EventIds.all();
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getKey().equals(EVENT_CODE)) {
        ids = ids(entry.getValue());
      } else {
        patterns.put(entry.getKey(), patterns(entry.getKey(), entry.getValue()));
      }
    }
    return new Alternative(ids, patterns);
  }

  private static EventIds ids(JsonNode array) {
    Set<Integer> ids = new HashSet<>();
    require(array.isArray(), EVENT_CODE + " is to be an array of event ids", array);
    for (JsonNode id : array) {
      require(id.isInt(), EVENT_CODE + " is to be an array of event ids", array);
      ids.add(id.intValue());
    }
    return EventIds.of(ids);
  }

  private static List<String> patterns(String column, JsonNode array) {
    List<String> patterns = new ArrayList<>();
    require(array.isArray(), column + " is to be an array of patterns", array);
    for (JsonNode pattern : array) {
      require(
          pattern.isTextual() && !pattern.textValue().isEmpty(),
          column + " is to be an array of patterns, none of them empty",
          array);
      patterns.add(pattern.textValue());
    }
    return patterns;
  }

  private static void require(boolean condition, String expected, JsonNode given) {
    if (!condition) {
      throw new IllegalArgumentException(expected + ", not " + Excerpt.of(given.toString()));
    }
  }

  /** Whether a table has a column of this name that has texts of an event. */
  public static boolean canTest(RowType table, String column) {
    return table.getFieldNames().contains(column)
        && (TableColumn.isOfEventData(column) || TextColumn.OF_ENVELOPE.contains(column));
  }

  /** Fails where it looks at a column of the table that has no texts of an event. */
  public void validate(RowType table) {
    for (String name : columns()) {
      if (!canTest(table, name)) {
        throw new ValidationException(
            "option 'prefilter': "
                + name
                + " is to be a column of the table: a field of EventData, or one of "
                + new TreeSet<>(TextColumn.OF_ENVELOPE));
      }
    }
  }

  /** The columns whose values it looks at. */
  public Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    alternatives.forEach(alternative -> columns.addAll(alternative.patterns.keySet()));
    return columns;
  }

  List<Alternative> alternatives() {
    return alternatives;
  }
}
