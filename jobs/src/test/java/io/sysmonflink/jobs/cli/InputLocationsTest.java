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

  private List<String> names(String pattern) {
    return InputLocations.of(List.of(folder + "/" + pattern)).stream()
        .map(location -> location.substring(location.lastIndexOf('/') + 1))
        .toList();
  }
}
