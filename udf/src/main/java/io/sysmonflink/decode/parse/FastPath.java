package io.sysmonflink.decode.parse;

import io.sysmonflink.decode.event.EventFields;

/**
 * A parser that takes the records whose layout it knows, straight from the bytes, and leaves all
 * others. It does not judge: whatever it does not know, and whatever is bad, is for the plain
 * parser, with which it must agree on all that it takes. Without it every record is read all the
 * same, only slower.
 */
public interface FastPath {

  /** Takes nothing. */
  FastPath NONE =
      new FastPath() {
        @Override
        public boolean parseKnown(byte[] b, int from, int to, EventFields event) {
          return false;
        }

        @Override
        public boolean parse(byte[] b, int from, int to, EventFields event) {
          return false;
        }
      };

  /**
   * Reads the event in {@code b[from, to)} if it differs from one of the last only in its values.
   *
   * @param event is cleared and filled in where it is taken; else it holds anything
   * @return whether it was taken
   */
  boolean parseKnown(byte[] b, int from, int to, EventFields event);

  /**
   * Reads the event in {@code b[from, to)}, which is UTF-8, if its layout is known.
   *
   * @param event is cleared and filled in where it is taken; else it holds anything
   * @return whether it was taken
   */
  boolean parse(byte[] b, int from, int to, EventFields event);
}
