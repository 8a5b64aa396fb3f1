package io.sysmonflink.decode.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeCutTest {

  private static final int SPLIT = 256 << 10;
  private static final int MAX_RECORD = 1 << 10;

  /** However a file is made, to find all its parts costs no more than to read it twice or so. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "<Event>", "[{},", "{\"a\":1}\n", "<Event>\n{}\n", "text\n", "\n"})
  void allPartsAreFoundInTimeInProportion(String piece) throws IOException {
    byte[] bytes = piece.repeat(20 * SPLIT / piece.length()).getBytes(StandardCharsets.UTF_8);
    ByteArrayFile file = new ByteArrayFile(bytes);
    List<SafeCut.Part> parts = new ArrayList<>();
    for (long from = 0; from < bytes.length; from += SPLIT) {
      long to = Math.min(bytes.length, from + SPLIT);
      SafeCut.Part part = SafeCut.part(file, from, to, bytes.length, MAX_RECORD);
      if (part.start() < part.end()) {
        parts.add(part);
      }
    }
    assertThat(file.bytesRead()).isLessThan(3L * bytes.length);
    assertThat(parts.get(0).start()).isZero();
    assertThat(parts.get(parts.size() - 1).end()).isEqualTo(bytes.length);
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).start()).isEqualTo(parts.get(i - 1).end());
    }
  }
}
