package io.sysmonflink.json;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/**
 * JSON of a bounded size. In a larger row, all values that are longer than some length are cut to
 * it: the greatest length with which the row fits. Which these are, and what becomes of them,
 * follows from the row alone, so that a row has the same JSON each time.
 */
final class BoundedJsonSchema implements SerializationSchema<RowData> {

  private static final long serialVersionUID = 1L;

  /** The first try fits, unless JSON has longer ways to write a value than those known here. */
  private static final int TRIES = 5;

  private final SerializationSchema<RowData> json;
  private final RowValues values;
  private final int maxBytes;

  /**
   * Takes what it is made of.
   *
   * @param json writes a row whole
   * @param values of the rows that come
   */
  BoundedJsonSchema(SerializationSchema<RowData> json, RowValues values, int maxBytes) {
    this.json = json;
    this.values = values;
    this.maxBytes = maxBytes;
  }

  /** The same with another limit. */
  BoundedJsonSchema of(int otherMaxBytes) {
    return new BoundedJsonSchema(json, values, otherMaxBytes);
  }

  @Override
  public void open(InitializationContext context) throws Exception {
    json.open(context);
  }

  @Override
  public byte[] serialize(RowData row) {
    byte[] whole = json.serialize(row);
    Sizes sizes = new Sizes();
    values.changed(row, sizes);
    if (whole.length <= maxBytes && !sizes.anyMarked) {
      return whole;
    }
    long besides = whole.length - sizes.unmarked;
    byte[] bounded = whole;
    long room = maxBytes - besides;
    for (int i = 0; i < TRIES; i++) {
      bounded = json.serialize(values.changed(row, new Cut(longest(sizes.all, room))));
      if (bounded.length <= maxBytes) {
        break;
      }
      room -= bounded.length - maxBytes;
    }
    return bounded;
  }

  /**
   * The greatest length to which values can be cut so that they have room together.
   *
   * @param sizes of all values
   * @param room for them
   */
  static int longest(List<Integer> sizes, long room) {
    List<Integer> ascending = sizes.stream().sorted().toList();
    long left = room;
    for (int i = 0; i < ascending.size(); i++) {
      long share = left / (ascending.size() - i);
      if (ascending.get(i) > share) {
        return (int) Math.max(0, share);
      }
      left -= ascending.get(i);
    }
    return Integer.MAX_VALUE;
  }

  /** What each value takes; changes none. */
  private static final class Sizes implements RowValues.Change {

    private final List<Integer> all = new ArrayList<>();
    private long unmarked;
    private boolean anyMarked;

    @Override
    public StringData text(StringData text) {
      byte[] utf8 = text.toBytes();
      int size = CutText.size(utf8);
      boolean marked = CutText.isMarked(utf8);
      anyMarked |= marked;
      unmarked += size;
      all.add(marked ? size + CutText.mark(utf8).length : size);
      return text;
    }

    @Override
    public byte[] bytes(byte[] bytes) {
      int size = CutText.base64Size(bytes.length);
      unmarked += size;
      all.add(size);
      return bytes;
    }
  }

  /** Cuts what is longer. */
  private record Cut(int longest) implements RowValues.Change {

    @Override
    public StringData text(StringData text) {
      byte[] utf8 = text.toBytes();
      byte[] cut = CutText.cut(utf8, longest);
      return cut == utf8 ? text : StringData.fromBytes(cut);
    }

    @Override
    public byte[] bytes(byte[] bytes) {
      return CutText.cutBytes(bytes, longest);
    }
  }
}
