package io.sysmonflink.decode.parse.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The records in a list within a record, by where each stands in its bytes: each is read as if it
 * had come on its own, and its dead letter has its bytes.
 */
public final class JsonElements {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** Where an object stands that was read of bytes. */
  static final class JsonPosition {

    private final byte[] bytes;
    private final int from;
    private final int to;

    /** The names of the objects around it there. */
    private final List<String> path;

    private JsonPosition(byte[] bytes, int from, int to, List<String> path) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
      this.path = path;
    }

    /** The whole of the JSON in {@code bytes[from, to)}. */
    static JsonPosition of(byte[] bytes, int from, int to) {
      return new JsonPosition(bytes, from, to, List.of());
    }

    /** Of an object that stands in this one. */
    JsonPosition within(List<String> names) {
      List<String> inner = new ArrayList<>(path);
      inner.addAll(names);
      return new JsonPosition(bytes, from, to, inner);
    }
  }

  private final byte[] bytes;
  private final List<Integer> starts = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private final String wrappers;
  private final int depth;

  private JsonElements(byte[] bytes, String wrappers, int depth) {
    this.bytes = bytes;
    this.wrappers = wrappers;
    this.depth = depth;
  }

  /** Whether a list of records stands at the end of a path, and is not empty. */
  static boolean areIn(JsonNode object, List<String> path) {
    JsonNode node = object.path(path.get(0));
    if (path.size() == 1) {
      return node.isArray() && !node.isEmpty();
    }
    List<String> rest = path.subList(1, path.size());
    if (!node.isArray()) {
      return areIn(node, rest);
    }
    for (JsonNode member : node) {
      if (areIn(member, rest)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds them.
   *
   * @param path the way to the list from the object
   * @param wrappers what is around each record
   * @param depth how many wrappers these are
   */
  static JsonElements of(JsonPosition origin, List<String> path, String wrappers, int depth) {
    JsonElements elements = new JsonElements(origin.bytes, wrappers, depth);
    try (JsonParser parser =
        FACTORY.createParser(origin.bytes, origin.from, origin.to - origin.from)) {
      parser.nextToken();
      elements.descend(parser, origin.within(path).path, origin.from);
      return elements;
    } catch (IOException e) {
      throw new IllegalStateException("the same JSON was read before", e);
    }
  }

  /** From the first token of an object or list to its last. */
  private void descend(JsonParser parser, List<String> path, int offset) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        descend(parser, path, offset);
      }
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean onPath = !path.isEmpty() && parser.currentName().equals(path.get(0));
        parser.nextToken();
        if (!onPath) {
          parser.skipChildren();
        } else if (path.size() > 1) {
          descend(parser, path.subList(1, path.size()), offset);
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
          list(parser, offset);
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  private void list(JsonParser parser, int offset) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      starts.add(offset + (int) parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      parser.finishToken();
      ends.add(offset + (int) parser.currentLocation().getByteOffset());
    }
  }

  public int size() {
    return starts.size();
  }

  /** The bytes that hold the records. */
  public byte[] bytes() {
    return bytes;
  }

  /** The index of a record's first byte. */
  public int start(int index) {
    return starts.get(index);
  }

  /** The index after a record's last byte. */
  public int end(int index) {
    return ends.get(index);
  }

  /** What is around each record, for the name of its shape. */
  String wrappers() {
    return wrappers;
  }

  /** How many wrappers these are. */
  int depth() {
    return depth;
  }
}
