package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page that another page, the code or a deployment file names is there. */
class DocsLinksTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern NAMED_ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern PAGE = Pattern.compile("docs/[a-z0-9/_-]+\\.md(#[a-z0-9-]+)?");

  private static final Path PROJECT = DeployFiles.path("..");

  @Test
  void everyLinkOfAPageLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    List<Path> pages = filesBelow("docs", "README.md", "testdata/README.md", "benchmarks/NOTES.md");
    for (Path page : pages) {
      if (!page.toString().endsWith(".md")) {
        continue;
      }
      for (MatchResult link : all(LINK, DeployFiles.text(page))) {
        String target = link.group(1);
        if (!target.matches("[a-z]+:.*")) {
          links++;
          Path file = target.startsWith("#") ? page : page.getParent().resolve(pathOf(target));
          if (!leadsTo(file.normalize(), target)) {
            broken.add(PROJECT.relativize(page) + ": " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(80);
  }

  @Test
  void everyPageThatCodeOrDeploymentNamesIsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    int names = 0;
    for (Path file : filesBelow("deploy", "jobs/src", "udf/src", "detect", "testdata/README.md")) {
      if (!file.toString().matches(".*\\.(gz|bz2|xz|zst|deflate|evtx|p12|jks|png|bin)")) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (MatchResult page : all(PAGE, text)) {
          names++;
          String target = page.group();
          if (!leadsTo(PROJECT.resolve(pathOf(target)), target)) {
            broken.add(PROJECT.relativize(file) + ": " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(names).isGreaterThan(30);
  }

  private static boolean leadsTo(Path file, String target) throws IOException {
    int hash = target.indexOf('#');
    return Files.exists(file)
        && (hash < 0 || anchors(DeployFiles.text(file)).contains(target.substring(hash + 1)));
  }

  private static String pathOf(String target) {
    int hash = target.indexOf('#');
    return hash < 0 ? target : target.substring(0, hash);
  }

  /** The names of a page's headings as GitHub makes them, and those that the page gives itself. */
  private static Set<String> anchors(String page) {
    return Stream.concat(
            all(HEADING, page).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-')),
            all(NAMED_ANCHOR, page).stream().map(anchor -> anchor.group(1)))
        .collect(Collectors.toSet());
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static List<Path> filesBelow(String... starts) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String start : starts) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(start))) {
        files.filter(Files::isRegularFile).forEach(all::add);
      }
    }
    return all;
  }
}
