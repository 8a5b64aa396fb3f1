package io.sysmonflink.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadableFilesTest {

  @TempDir Path folder;

  @Test
  void namesTheFilesThatHeldNothingButDeadLetters() throws IOException {
    write(
        "scan_summary",
        tally("file:/a.bin", 1, 1),
        tally("file:/a.bin", 2, 2),
        tally("file:/good.log", 5, 5),
        tally("file:/good.log", 5, 4),
        tally("file:/empty.log", 0, 0));
    write(
        "dead_letter",
        deadLetter("file:/a.bin", 70, "later".getBytes(UTF_8)),
        deadLetter("file:/a.bin", 0, "time,host\r\n1,\u00fc".getBytes(UTF_8)),
        deadLetter("file:/good.log", 0, "x".getBytes(UTF_8)));

    UnreadableFiles files = UnreadableFiles.of(OutputFolder.of(folder.toString()));

    assertThat(files.lines())
        .containsExactly(
            "nothing readable as a Windows event in file:/a.bin: 3 dead letters;"
                + " the first begins with 'time,host 1,\u00fc'");
    assertThat(files.json()).hasSize(1);
  }

  @Test
  void manyFilesAreNotAllNamed() throws IOException {
    String[] tallies = new String[25];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = tally("file:/" + i, 1, 1);
    }
    write("scan_summary", tallies);

    UnreadableFiles files = UnreadableFiles.of(OutputFolder.of(folder.toString()));

    assertThat(files.lines()).hasSize(11);
    assertThat(files.lines().get(10)).isEqualTo("and so in 15 files more");
    assertThat(files.json()).hasSize(25);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "456c6646696c650078 | 456c6646696c650078 (a binary .evtx log: export it with wevtutil or evtx_dump)",
        "1f8b08 | 1f8b08 (gzip: give it the ending .gz)",
        "610062 | 610062",
        "fc | fc",
        "706c61696e20c3bc | 'plain ü'"
      })
  void saysWhatTheFirstBytesAre(String bytes, String expected) {
    assertThat(FirstBytes.describe(HexFormat.of().parseHex(bytes))).isEqualTo(expected);
  }

  @Test
  void aLongTextMayBeCutWithinACharacter() {
    String text = "x".repeat(59) + "ü".repeat(20);
    assertThat(FirstBytes.describe(text.getBytes(UTF_8))).isEqualTo("'" + "x".repeat(59) + "'");
  }

  private void write(String name, String... lines) throws IOException {
    Path output = Files.createDirectories(folder.resolve(name));
    Files.write(output.resolve("part-0"), List.of(lines));
  }

  private static String tally(String source, long records, long dead) {
    return "{\"source\":\"%s\",\"records\":%d,\"dead_letters\":{\"not_an_event\":%d}}"
        .formatted(source, records, dead);
  }

  private static String deadLetter(String source, long position, byte[] payload) {
    return "{\"source\":\"%s\",\"position\":%d,\"raw_payload\":\"%s\"}"
        .formatted(source, position, Base64.getEncoder().encodeToString(payload));
  }
}
