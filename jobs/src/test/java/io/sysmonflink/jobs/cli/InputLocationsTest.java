package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputLocationsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.log",
        "a b.log",
        "a;b.log",
        "100%3B.log",
        "it's.log",
        "ä€.log",
        "[x]*.log",
        "a#b?c.log",
        "x:y.log"
      })
  void aPathBecomesAUriThatLeadsBackToIt(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "");

    List<String> locations = InputLocations.of(List.of(file.toString()));

    assertThat(locations).hasSize(1);
    assertThat(locations.get(0)).startsWith("file:/").doesNotContain(";", " ");
    assertThat(Path.of(URI.create(locations.get(0)))).isEqualTo(file);
    assertThat(InputLocations.of(locations)).isEqualTo(locations);
  }

  @Test
  void aPatternStandsForItsFilesInOrder() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    for (String name : List.of("b.xml", "a.xml", "c.json", "deep/d.xml", "deep/er/e.xml")) {
      Files.writeString(folder.resolve(name), "");
    }

    assertThat(names("*.xml")).containsExactly("a.xml", "b.xml");
    assertThat(names("*/*.xml")).containsExactly("d.xml");
    assertThat(names("**.xml")).containsExactly("a.xml", "b.xml", "d.xml", "e.xml");
    assertThat(names("{c,b}.*")).containsExactly("b.xml", "c.json");
    assertThatThrownBy(() -> names("*.gz"))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("*.gz: no file matches");
  }

  @Test
  void whatIsNotThereIsAnErrorThatNamesIt() {
    for (String input :
        List.of("", " ", folder + "/none", folder.toUri() + "none", "file:/a b", "nope://x/y")) {
      assertThatThrownBy(() -> InputLocations.of(List.of(folder.toString(), input)))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--input")
          .hasMessageContaining(input.strip());
    }
  }

  @Test
  void aPatternMeansNamesThatBeginWithADotOnlyWhereItSaysSo() throws IOException {
    Files.createDirectories(folder.resolve("_old"));
    for (String name : List.of("a.xml", ".b.xml", "_c.xml", "_old/d.xml")) {
      Files.writeString(folder.resolve(name), "");
    }
    assertThat(names("*.xml")).containsExactly("a.xml");
    assertThat(names("**.xml")).containsExactly("a.xml");
    assertThat(names("_*.xml")).containsExactly("_c.xml");
    assertThat(names("{.,_}*.xml")).containsExactly(".b.xml", "_c.xml");
    assertThat(names("_old/*.xml")).containsExactly("d.xml");
  }

  @Test
  void aPatternGoesOnBehindWhatCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("a.xml"), "");
    Files.createSymbolicLink(folder.resolve("dangling.xml"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("self"), Path.of("."));
    assertThat(names("**.xml")).containsExactly("a.xml", "dangling.xml");
  }

  /** Each line: an input, an output, and how they lie to each other; LINK leads to logs. */
  @ParameterizedTest
  @CsvSource({
    "logs, logs, is the input",
    "logs, LINK, is the input",
    "LINK, logs, is the input",
    "logs, logs/found, lies in the input",
    "logs, LINK/sub/found, lies in the input",
    "LINK, logs/found/deep, lies in the input",
    "logs/sub, logs, holds the input",
    "logs/sub/a.xml, LINK/sub, holds the input",
    "logs/sub/a.xml, ., holds the input",
    "logs, found, ",
    "logs, logs2, ",
    "logs/sub, logs/found, ",
    "logs/sub/a.xml, logs/sub2, ",
  })
  void anOutputAmongTheInputsIsRefused(String input, String output, String how) throws IOException {
    Files.createDirectories(folder.resolve("logs/sub"));
    Files.writeString(folder.resolve("logs/sub/a.xml"), "");
    Files.createSymbolicLink(folder.resolve("LINK"), Path.of("logs"));
    List<String> inputs = InputLocations.of(List.of(folder.resolve(input).toString()));
    String folderOfResults = "file:" + folder.resolve(output).normalize();

    if (how == null) {
      InputLocations.checkApart(inputs, folderOfResults);
    } else {
      assertThatThrownBy(() -> InputLocations.checkApart(inputs, folderOfResults))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("--output " + folderOfResults)
          .hasMessageContaining(how);
    }
  }

  private List<String> names(String pattern) {
    return InputLocations.of(List.of(folder + "/" + pattern)).stream()
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .toList();
  }
}
