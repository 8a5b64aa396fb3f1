package io.sysmonflink.decode.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The EventData fields that a table declares, each with a slot. Names that differ from a field of
 * the event only in the case of the first letter find it too ({@code queryName} of Wazuh), but a
 * field spelled exactly as the column wins.
 *
 * <p>Lookup is by bytes as well as by String, so that the fast path need not make a String of a
 * name.
 */
public final class EventColumns {

  /** What {@code find} returns for a name that no column has. */
  public static final int NONE = -1;

  private final List<byte[]> names = new ArrayList<>();
  private final Map<String, Integer> slots = new HashMap<>();
  private final boolean[] wanted;
  private final boolean[] contested;
  private final int[] buckets;
  private final int[] nextInBucket;

  /**
   * @param declared the names of the columns, a slot each in this order
   * @param wanted those of them whose values are to be kept; the others are only checked for
   *     duplicates, so that what is a dead letter does not depend on what a query reads
   */
  public EventColumns(List<String> declared, Set<String> wanted) {
    this.wanted = new boolean[declared.size()];
    this.contested = new boolean[declared.size()];
    for (String name : declared) {
      if (slots.putIfAbsent(name, names.size()) != null) {
        throw new IllegalArgumentException("column " + name + " is declared twice");
      }
      this.wanted[names.size()] = wanted.contains(name);
      this.contested[names.size()] = SysmonSchema.CONTESTED.contains(name);
      names.add(name.getBytes(StandardCharsets.UTF_8));
    }
    buckets = new int[Integer.highestOneBit(Math.max(1, names.size())) * 4];
    java.util.Arrays.fill(buckets, NONE);
    nextInBucket = new int[names.size()];
    for (int slot = names.size() - 1; slot >= 0; slot--) {
      byte[] name = names.get(slot);
      int bucket = bucket(name, 0, name.length);
      nextInBucket[slot] = buckets[bucket];
      buckets[bucket] = slot;
    }
  }

  int size() {
    return wanted.length;
  }

  /** The slot of a column, or {@link #NONE}. */
  public int slotOf(String column) {
    return slots.getOrDefault(column, NONE);
  }

  boolean isWanted(int slot) {
    return wanted[slot];
  }

  /** Whether shippers of flat records may mean something of their own by the name. */
  public boolean isContested(int slot) {
    return contested[slot];
  }

  /** The slot for an event's field name: the column of that very name, else a near one. */
  public int find(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return find(bytes, 0, bytes.length);
  }

  public int find(byte[] b, int from, int to) {
    if (from == to) {
      return NONE;
    }
    int near = NONE;
    for (int slot = buckets[bucket(b, from, to)]; slot != NONE; slot = nextInBucket[slot]) {
      byte[] name = names.get(slot);
      if (name.length == to - from && sameAfterFirst(name, b, from)) {
        if (name[0] == b[from]) {
          return slot;
        }
        if (near == NONE && foldCase(name[0]) == foldCase(b[from])) {
          near = slot;
        }
      }
    }
    return near;
  }

  /** Whether the field is spelled exactly as the column that it found. */
  public boolean isExact(int slot, byte firstLetter) {
    return names.get(slot)[0] == firstLetter;
  }

  String name(int slot) {
    return new String(names.get(slot), StandardCharsets.UTF_8);
  }

  private static boolean sameAfterFirst(byte[] name, byte[] b, int from) {
    for (int i = 1; i < name.length; i++) {
      if (name[i] != b[from + i]) {
        return false;
      }
    }
    return true;
  }

  private int bucket(byte[] b, int from, int to) {
    if (from == to) {
      return 0;
    }
    // Length, first, middle and last byte tell Sysmon's field names apart well enough.
    int hash = (to - from) * 31 + foldCase(b[from]);
    hash = hash * 31 + b[(from + to) >>> 1];
    hash = hash * 31 + b[to - 1];
    return (hash ^ (hash >>> 7)) & (buckets.length - 1);
  }

  private static int foldCase(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
