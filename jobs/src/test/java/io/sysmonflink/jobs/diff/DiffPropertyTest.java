package io.sysmonflink.jobs.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.diff.DiffRun.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.flink.util.FileUtils;

/** The same rows, in any order and quoted in any way, do not differ; and what differs is told. */
class DiffPropertyTest {

  private static final Catalog CATALOG = Catalog.load(SqlFiles.bundled());

  private static Path folder;

  @BeforeContainer
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("diff-property-");
  }

  @AfterContainer
  static void deleteFolder() {
    FileUtils.deleteDirectoryQuietly(folder.toFile());
  }

  @Property(tries = 300)
  void theSameRowsDoNotDiffer(@ForAll("rows") List<Row> rows, @ForAll Random random) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);

    Differences differences = differences(csv(shuffled, random), rows);

    assertThat(differences.none()).isTrue();
    assertThat(differences.same()).isEqualTo(rows.size());
  }

  @Property(tries = 300)
  void exactlyWhatWasChangedIsTold(@ForAll("rows") List<Row> rows, @ForAll Random random) {
    List<Row> splunk = new ArrayList<>();
    List<Row> here = new ArrayList<>();
    Set<String> onlyInSplunk = new TreeSet<>();
    Set<String> onlyHere = new TreeSet<>();
    Set<String> different = new TreeSet<>();
    for (Row row : rows) {
      switch (random.nextInt(5)) {
        case 0 -> {
          splunk.add(row);
          onlyInSplunk.add(id(row));
        }
        case 1 -> {
          here.add(row);
          onlyHere.add(id(row));
        }
        case 2 -> {
          splunk.add(row.counted(row.count() + 1));
          here.add(row);
          different.add(id(row) + "count");
        }
        case 3 -> {
          splunk.add(row.between(row.first(), "2024-11-20T00:00:07"));
          here.add(row);
          different.add(id(row) + "lastTime");
        }
        default -> {
          splunk.add(row);
          here.add(row);
        }
      }
    }
    Collections.shuffle(splunk, random);

    Differences differences = differences(csv(splunk, random), here);

    assertThat(ids(differences, differences.onlyInSplunk())).isEqualTo(onlyInSplunk);
    assertThat(ids(differences, differences.onlyHere())).isEqualTo(onlyHere);
    Set<String> told = new TreeSet<>();
    for (Differences.Different row : differences.different()) {
      List<String> columns = row.changes().stream().map(Differences.Change::column).toList();
      told.add(id(differences, row.pair().here().key()) + String.join(",", columns));
    }
    assertThat(told).isEqualTo(different);
    assertThat(differences.same())
        .isEqualTo(rows.size() - onlyInSplunk.size() - onlyHere.size() - different.size());
  }

  private static Set<String> ids(Differences differences, List<Differences.Unpaired> rows) {
    Set<String> ids = new TreeSet<>();
    rows.forEach(row -> ids.add(id(differences, row.row().key())));
    return ids;
  }

  private static String id(Row row) {
    return row.image() + "|" + row.queryName() + "|";
  }

  private static String id(Differences differences, RowKey key) {
    List<String> byFields = differences.byFields();
    return "%s|%s|"
        .formatted(
            key.values().get(byFields.indexOf("Image")),
            key.values().get(byFields.indexOf("QueryName")));
  }

  private static Differences differences(String csv, List<Row> here) {
    try {
      Path export = Files.writeString(folder.resolve("export.csv"), csv);
      Path output = DiffRun.output(folder.resolve("output"), DiffRun.ABUSED, here);
      return new ExportComparison(
              export, output.toString(), DiffRun.ABUSED, ZoneOffset.UTC, CATALOG)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Another order of columns, another quoting, other ends of lines, perhaps a byte order mark. */
  private static String csv(List<Row> rows, Random random) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
    Collections.shuffle(order, random);
    String end = random.nextBoolean() ? "\r\n" : "\n";
    StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "");
    List<List<String>> lines = new ArrayList<>(List.of(DiffRun.COLUMNS));
    rows.forEach(row -> lines.add(row.values()));
    for (List<String> line : lines) {
      List<String> cells = order.stream().map(i -> cell(line.get(i), random)).toList();
      csv.append(String.join(",", cells)).append(end);
    }
    if (random.nextBoolean()) {
      csv.setLength(csv.length() - end.length());
    }
    return csv.toString();
  }

  private static String cell(String value, Random random) {
    boolean quoted = value.matches("(?s).*[\",\r\n].*") || random.nextBoolean();
    return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .withChars("ab,\"\n\\/; :'#\u00e9\u2028\ud83d\ude00".toCharArray())
            .ofMinLength(1)
            .ofMaxLength(8)
            .map(DiffPropertyTest::withoutHalves);
    Arbitrary<LocalDateTime> times =
        Arbitraries.integers()
            .between(0, 700_000)
            .map(second -> LocalDateTime.parse("2024-11-11T00:00:01").plusSeconds(second));
    return Combinators.combine(text, text, Arbitraries.integers().between(1, 99), times)
        .as(
            (image, query, count, time) ->
                Row.of(image, query)
                    .named("p")
                    .counted(count)
                    .between(new ResultTime(time, time).toString(), "2024-11-20T00:00:00"))
        .list()
        .ofMaxSize(12)
        .uniqueElements(DiffPropertyTest::id);
  }

  // Half a surrogate pair is no text that a file in UTF-8 could hold.
  private static String withoutHalves(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
