package io.sysmonflink.decode.fast;

import java.util.Arrays;

/** The names that a JSON document has had so far in each of its objects: none may come twice. */
final class JsonNames {

  private static final int CAPACITY = 512;

  /** So many names at the most, so that one is found in a few steps. */
  private static final int MAX_NAMES = CAPACITY / 4;

  /** What a slot holds counts if this is the document's number; so nothing need be cleared. */
  private final int[] documents = new int[CAPACITY];

  private final int[] objects = new int[CAPACITY];
  private final int[] hashes = new int[CAPACITY];
  private final int[] starts = new int[CAPACITY];
  private final int[] ends = new int[CAPACITY];

  private int document;
  private int lastObject;
  private int size;

  /** Begins another document. */
  void clear() {
    document++;
    lastObject = 0;
    size = 0;
  }

  /** The number of the next object. */
  int object() {
    return ++lastObject;
  }

  /**
   * Notes a name, {@code b[from, to)}. False where the object has it already, or there are too
   * many.
   */
  boolean isNew(byte[] b, int from, int to, int object, int hash) {
    int slot = (hash ^ (hash >>> 15)) & (CAPACITY - 1);
    while (documents[slot] == document) {
      if (hashes[slot] == hash
          && objects[slot] == object
          && Arrays.equals(b, starts[slot], ends[slot], b, from, to)) {
        return false;
      }
      slot = (slot + 1) & (CAPACITY - 1);
    }
    documents[slot] = document;
    objects[slot] = object;
    hashes[slot] = hash;
    starts[slot] = from;
    ends[slot] = to;
    return ++size <= MAX_NAMES;
  }
}
