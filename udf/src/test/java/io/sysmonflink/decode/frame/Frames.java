package io.sysmonflink.decode.frame;

import io.sysmonflink.decode.bytes.Latin1;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames text in one go or in views of any size. */
final class Frames {

  /** A framed record; the label is the kind, or what is wrong with it. */
  record Frame(String label, long position, String text) {

    @Override
    public String toString() {
      return label + " " + text;
    }
  }

  private Frames() {}

  static List<Frame> of(String text, int maxRecordSize) {
    return of(text, maxRecordSize, Integer.MAX_VALUE);
  }

  /** As a reader does it: views grow by so many bytes, and what was framed is dropped. */
  static List<Frame> of(String text, int maxRecordSize, int viewStep) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RecordFramer framer = new RecordFramer(maxRecordSize);
    List<Frame> frames = new ArrayList<>();
    int from = 0;
    int to = 0;
    boolean last = false;
    while (!last) {
      to = (int) Math.min(bytes.length, (long) to + viewStep);
      last = to == bytes.length;
      byte[] view = Arrays.copyOfRange(bytes, from, to);
      framer.reset(Latin1.view(view, view.length), last);
      while (framer.next()) {
        String label =
            framer.kind() == RecordFramer.Kind.BAD
                ? framer.errorType().label() + (framer.isContinuation() ? "+" : "")
                : framer.kind().name();
        frames.add(
            new Frame(
                label,
                from + framer.start(),
                new String(
                    view, framer.start(), framer.end() - framer.start(), StandardCharsets.UTF_8)));
      }
      from += framer.position();
    }
    return frames;
  }
}
