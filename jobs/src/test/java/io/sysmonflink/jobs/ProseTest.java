package io.sysmonflink.jobs;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Comments, messages and docs use plain English: the words below do not stand in main sources, SQL
 * and docs. A phrase that a line break divides counts too.
 */
class ProseTest {

  /** "Unless told otherwise" comes first, so that it counts once and not as "told" again. */
  private static final Pattern WORDS =
      Pattern.compile(
          "\\b(unless%1$stold%1$sotherwise|tells|told|is%1$sto%1$sbe|are%1$sto%1$sbe)\\b"
              .formatted("(?:\\s|\"|\\+|\\*|//|--|#)+"),
          Pattern.CASE_INSENSITIVE);

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String JAVA = "src/main/java/io/sysmonflink/";

  /**
   * How many of these words each place still has. The numbers only shrink: lower one when words go,
   * and delete its line at 0. All other places have none.
   */
  private static final Map<String, Integer> LEFT =
      Map.ofEntries(
          entry("benchmarks/benchmarks", 16),
          entry("benchmarks/micro/benchmarks", 1),
          entry("docs", 9),
          entry("jobs/jobs/catalog", 3),
          entry("jobs/jobs/check", 16),
          entry("jobs/jobs/explain", 34),
          entry("jobs/jobs/pipeline", 1),
          entry("jobs/jobs/sql", 1),
          entry("sql", 4),
          entry("udf/decode", 11),
          entry("udf/decode/bytes", 1),
          entry("udf/decode/deadletter", 1),
          entry("udf/decode/event", 1),
          entry("udf/decode/fast", 9),
          entry("udf/decode/frame", 1),
          entry("udf/decode/parse/json", 6),
          entry("udf/decode/parse/json/shape", 5),
          entry("udf/decode/parse/xml", 4),
          entry("udf/decode/row", 5),
          entry("udf/decode/skip", 10),
          entry("udf/format", 2));

  @Test
  void noPlaceHasMoreOrFewerOfTheWordsThanItsNumber() {
    SortedMap<String, List<String>> found = new TreeMap<>();
    for (Path file : files()) {
      String name = ROOT.relativize(file).toString().replace('\\', '/');
      for (String finding : findings(name, text(file))) {
        found.computeIfAbsent(place(name), place -> new ArrayList<>()).add(finding);
      }
    }

    SortedMap<String, Integer> counts = new TreeMap<>();
    found.forEach((place, findings) -> counts.put(place, findings.size()));
    List<String> lines =
        found.entrySet().stream()
            .filter(place -> LEFT.getOrDefault(place.getKey(), 0) != place.getValue().size())
            .flatMap(place -> place.getValue().stream())
            .toList();
    assertThat(counts)
        .as("words that must go, or numbers that must be lower:%n%s", String.join("\n", lines))
        .isEqualTo(LEFT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'it tells why'                          | 'a.md:1: tells'",
        "'one\nTold so'                          | 'a.md:2: Told'",
        "'a value is to be set'                  | 'a.md:1: is to be'",
        "'these are\n// to be set'               | 'a.md:1: are // to be'",
        "'14 unless told\n * otherwise'          | 'a.md:1: unless told * otherwise'",
        "'unless told\"\n  + \" otherwise.'      | 'a.md:1: unless told\" + \" otherwise'",
        "'a teller retold this is to become one' | ",
      })
  void aFindingNamesItsFileAndLine(String text, String expected) {
    assertThat(findings("a.md", text)).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  private static List<String> findings(String name, String text) {
    List<String> findings = new ArrayList<>();
    Matcher word = WORDS.matcher(text);
    while (word.find()) {
      long line = text.substring(0, word.start()).lines().count();
      boolean atLineStart = word.start() == 0 || text.charAt(word.start() - 1) == '\n';
      findings.add(
          "%s:%d: %s"
              .formatted(
                  name, atLineStart ? line + 1 : line, word.group().replaceAll("\\s+", " ")));
    }
    return findings;
  }

  /** The package of a Java file without its common start, or else the top folder or file. */
  private static String place(String name) {
    int java = name.indexOf(JAVA);
    if (java < 0) {
      return name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
    }
    String module = name.substring(0, java);
    return module + Path.of(name.substring(java + JAVA.length())).getParent();
  }

  private static List<Path> files() {
    try (Stream<Path> all = Files.list(ROOT)) {
      Stream<Path> modules = Stream.concat(all, Stream.of(ROOT.resolve("benchmarks/micro")));
      List<Path> files = new ArrayList<>();
      for (Path sources : modules.map(module -> module.resolve(JAVA)).toList()) {
        if (Files.isDirectory(sources)) {
          files.addAll(below(sources));
        }
      }
      files.addAll(below(ROOT.resolve("sql")));
      files.addAll(below(ROOT.resolve("docs")));
      files.add(ROOT.resolve("README.md"));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().matches(".*\\.(java|sql|yml|md|json)")).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
