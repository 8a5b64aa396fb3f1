package io.sysmonflink.jobs.diff;

import static io.sysmonflink.jobs.diff.DiffRun.ABUSED;
import static io.sysmonflink.jobs.diff.DiffRun.HEADER;
import static io.sysmonflink.jobs.diff.DiffRun.SUSPICIOUS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sysmonflink.jobs.diff.DiffRun.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How {@code detect diff} ends: 0 without differences, 1 with, 2 where it cannot tell. */
class DiffCommandTest {

  private static final Row CMD = Row.of("C:\\Windows\\cmd.exe", "pastebin.com");
  private static final Row PWSH = Row.of("C:\\pwsh.exe", "discord.com");

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void writeOutput() throws IOException {
    output = DiffRun.output(folder.resolve("found"), ABUSED, List.of(CMD));
  }

  @Test
  void theStatusIsThatOfDiff() throws IOException {
    Path same = Files.writeString(folder.resolve("same.csv"), DiffRun.csv(List.of(CMD)));
    Path other = Files.writeString(folder.resolve("other.csv"), DiffRun.csv(List.of(PWSH)));

    assertThat(DiffRun.of(same, output).status()).isZero();
    assertThat(DiffRun.of(other, output).status()).isEqualTo(1);
    assertThat(DiffRun.of(same).status()).isEqualTo(2);
    assertThat(DiffRun.of(same, output, "--time-zone", "Berlin").status()).isEqualTo(2);
    assertThat(DiffRun.of(same, output, "--format", "xml").status()).isEqualTo(2);
    assertThat(DiffRun.of(same, output, "--detection", "none").status()).isEqualTo(2);
  }

  /** A CSV that cannot be read, and what the message says after the file's name. */
  static Stream<Arguments> unreadable() {
    String row = CMD.csv();
    return Stream.of(
        arguments("", ": line 1: expected a header"),
        arguments("\n" + HEADER, ": line 1: expected a header"),
        arguments(
            HEADER.replace("dest", "Computer") + "\n" + row,
            ": line 1: expected a column dest, and found Image, QueryName,"),
        arguments(HEADER.replace("count", "n"), ": line 1: expected a column count"),
        arguments(HEADER + ",dest\n", ": line 1: has two columns dest"),
        arguments(
            HEADER + "\n" + row + "\n\"a\nb\",c\n",
            ": line 3, column QueryStatus: is missing: expected 9 values"),
        arguments(HEADER + "\n" + row + ",more\n", ": line 2, column 10: expected the line to end"),
        arguments(
            HEADER + "\n" + row + "\na,\"pastebin.com,0\n",
            ": line 3, column QueryName: is not CSV: Missing closing quote"),
        arguments(HEADER + "\n\"a\"b,c\n", ": line 2, column Image: is not CSV: Unexpected"),
        arguments(
            DiffRun.csv(List.of(CMD)).replace(",2,", ",two,"),
            ": line 2, column count: expected a whole number, and found 'two'"),
        arguments(
            DiffRun.csv(List.of(CMD.between("yesterday", CMD.last()))),
            ": line 2, column firstTime: expected a time like 2024-09-30T18:00:00"),
        arguments(
            DiffRun.csv(List.of(CMD.between(CMD.first(), "2024-02-30T18:00:00"))),
            ": line 2, column lastTime: expected a time like"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void aCsvThatCannotBeReadIsNamedWithLineAndColumn(String csv, String message) throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), csv);

    DiffRun run = DiffRun.of(export, output);

    assertThat(run.err()).startsWith("detect: " + export + message);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void textThatIsNotUtf8IsNamedWithItsLine() throws IOException {
    String rows = (CMD.csv() + "\n").repeat(5_000);
    Path export = folder.resolve("latin1.csv");
    Files.write(export, (HEADER + "\n" + rows + "caf\u00e9,x\n" + rows).getBytes(ISO_8859_1));

    DiffRun run = DiffRun.of(export, output);

    assertThat(run.err()).startsWith("detect: " + export + ": line 5002: expected text in UTF-8");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void aFileOrFolderThatIsNotThereIsNamed() throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), DiffRun.csv(List.of(CMD)));
    Path none = folder.resolve("none");

    assertThat(DiffRun.of(none, output).err()).startsWith("detect: " + none + ": no such file");
    DiffRun run = DiffRun.of(export, none);
    assertThat(run.err())
        .startsWith("detect: " + none + ": expected a folder that detect backfill");
    assertThat(run.status()).isEqualTo(2);
    assertThat(DiffRun.of(folder, output).status()).isEqualTo(2);
  }

  @Test
  void resultsThatNoRunWroteAreNamed() throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), DiffRun.csv(List.of(CMD)));
    Path results = output.resolve("detection_results").resolve(ABUSED);
    for (String bad :
        List.of("{\"count\":1,", "[1]\n", CMD.json(ABUSED).replace("09:41", "9.41"))) {
      Files.writeString(results.resolve("part-9-0"), bad);

      DiffRun run = DiffRun.of(export, output);

      assertThat(run.status()).as(bad).isEqualTo(2);
      assertThat(run.err()).startsWith("detect: ").contains("detection_results/" + ABUSED + ": ");
    }
  }

  @Test
  void theDetectionIsTheOneMeant() throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), DiffRun.csv(List.of(PWSH)));
    Path named =
        Files.copy(
            export, folder.resolve("Suspicious process DNS query known abuse web services.csv"));
    DiffRun.output(output, SUSPICIOUS, List.of());
    assertThat(DiffRun.of(export, output).out()).as("the only one with rows").startsWith(ABUSED);

    DiffRun.output(output, SUSPICIOUS, List.of(PWSH));

    DiffRun unclear = DiffRun.of(export, output);
    assertThat(unclear.err())
        .contains("has results of %s, %s: give --detection NAME".formatted(SUSPICIOUS, ABUSED));
    assertThat(unclear.status()).isEqualTo(2);
    assertThat(DiffRun.of(export, output, "--detection", SUSPICIOUS).status()).isZero();
    assertThat(DiffRun.of(named, output).status()).isZero();
    Path subfolder = output.resolve("detection_results").resolve(SUSPICIOUS);
    assertThat(DiffRun.of(export, subfolder).status()).isZero();
    assertThat(DiffRun.of(export, subfolder.toUri()).status()).isZero();
    assertThat(DiffRun.of(export, subfolder, "--detection", ABUSED).status()).isEqualTo(2);
  }

  @Test
  void theColumnsTellTheDetectionOfAnother() throws IOException {
    Path export = Files.writeString(folder.resolve("export.csv"), DiffRun.csv(List.of(CMD)));
    Path own = Files.createDirectories(output.resolve("detection_results/own"));
    Files.writeString(
        own.resolve("part-0-0"), CMD.json("own").replace("QueryName", "TargetObject"));

    assertThat(DiffRun.of(export, output).status()).isZero();
  }

  @Test
  @Timeout(60)
  void hostileFilesEndInBoundedTimeAndMemory() throws IOException {
    Path export = folder.resolve("export.csv");
    Files.writeString(export, HEADER + "\n\"" + "x\n".repeat(6 << 20));
    assertThat(DiffRun.of(export, output).err())
        .contains("line 2, column Image: a value is longer than 10,485,760 characters");

    Files.writeString(export, ",".repeat(5_000_000));
    assertThat(DiffRun.of(export, output).err()).contains("column 1001: expected the line to end");

    // Keys whose hash codes are all the same.
    StringBuilder rows = new StringBuilder(HEADER).append('\n');
    for (int i = 0; i < 1 << 16; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 16; bit++) {
        name.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
      }
      rows.append(Row.of("C:\\a.exe", name.toString()).csv()).append('\n');
    }
    Files.writeString(export, rows);
    DiffRun run = DiffRun.of(export, output, "--format", "json");
    assertThat(run.json().required("only_in_splunk")).hasSize(1 << 16);
  }
}
