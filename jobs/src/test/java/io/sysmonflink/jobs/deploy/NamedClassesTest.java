package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every class and package that a script, a manifest, a page or a POM names is there. Java says
 * nothing where an option for its compiler names a package that is gone: the job is only slower.
 */
class NamedClassesTest {

  private static final String OURS = "io.sysmonflink";

  /** A name in full, with the shell variable that stands for the rest of it or for a part. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w/])io\\.sysmonflink((?:\\.\\w+)*(?:\\.\\$\\w+)?)");

  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  private static final Pattern COMPILE_COMMAND =
      Pattern.compile("-XX:CompileCommand=\\w+,([^:\"\\s]+)::");

  private static final Pattern FOR = Pattern.compile("for (\\w+) in ([\\w .]+); do");

  /** A loop over lines that stand below it, and these lines. */
  private static final Pattern READ =
      Pattern.compile("while read -r ([\\w ]+); do.*?<<END\\n(.*?)\\nEND\\n", Pattern.DOTALL);

  /** What is measured is no part of the job. */
  private static final String BENCHMARKS = OURS + ".benchmarks";

  private static final Set<String> KNOWN = known();

  @Test
  void whatIsNamedInTheScriptDetectIsThere() {
    Set<String> named = named(DeployFiles.text(root().resolve("detect")));
    assertThat(named).contains(OURS + ".jobs.Detect", OURS + ".functions", OURS + ".wildcards");
    assertThat(missing(named)).isEmpty();
  }

  @Test
  void theOptionsForTheCompilerNameWhatIsThere() {
    List<String> patterns = compilerPatterns(DeployFiles.text(root().resolve("detect")));
    assertThat(patterns)
        .isNotEmpty()
        .allSatisfy(pattern -> assertThat(KNOWN).anyMatch(name -> matches(pattern, name)));
  }

  @Test
  void whatIsNamedInDeployAndInDocsAndInPomsIsThere() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("deploy", "docs", "sql")) {
      try (Stream<Path> paths = Files.walk(root().resolve(folder))) {
        paths.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    for (String file : List.of("README.md", "pom.xml", "udf/pom.xml", "jobs/pom.xml")) {
      files.add(root().resolve(file));
    }
    Set<String> all = new TreeSet<>();
    for (Path file : files) {
      Set<String> named = named(Files.readString(file));
      assertThat(missing(named)).as(file.toString()).isEmpty();
      all.addAll(named);
    }
    assertThat(all).contains(OURS + ".functions.WildcardIn", OURS + ".functions.SplValues");
  }

  private static Set<String> missing(Set<String> named) {
    Set<String> missing = new TreeSet<>(named);
    missing.removeAll(KNOWN);
    return missing;
  }

  private static Path root() {
    return DeployFiles.path("..");
  }

  /** All classes of ours by their names in full, and the packages that hold them. */
  private static Set<String> known() {
    Set<String> known = new HashSet<>();
    for (JavaClass each :
        new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(OURS)) {
      known.add(each.getName());
      for (String name = each.getPackageName();
          name.startsWith(OURS);
          name = name.substring(0, name.lastIndexOf('.'))) {
        known.add(name);
      }
    }
    return known;
  }

  /** The names in a text, each with the values that the loops of a script give its variable. */
  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    for (MatchResult match : NAME.matcher(text).results().toList()) {
      if (match.end() == text.length() || text.charAt(match.end()) != '<') { // as in a groupId
        names.addAll(filledIn(match.group(), text));
      }
    }
    names.removeIf(name -> name.startsWith(BENCHMARKS));
    return names;
  }

  private static List<String> filledIn(String name, String script) {
    Matcher variable = VARIABLE.matcher(name);
    if (!variable.find()) {
      return List.of(name);
    }
    List<String> values = valuesOf(variable.group(1), script);
    assertThat(values).as("values of the variable in " + name).isNotEmpty();
    return values.stream().map(variable::replaceFirst).toList();
  }

  private static List<String> valuesOf(String variable, String script) {
    List<String> values = new ArrayList<>();
    for (Matcher loop = FOR.matcher(script); loop.find(); ) {
      if (loop.group(1).equals(variable)) {
        values.addAll(List.of(loop.group(2).split(" ", -1)));
      }
    }
    for (Matcher loop = READ.matcher(script); loop.find(); ) {
      int column = List.of(loop.group(1).split(" ", -1)).indexOf(variable);
      if (column >= 0) {
        loop.group(2).lines().forEach(line -> values.add(line.split(" ", -1)[column]));
      }
    }
    return values;
  }

  /** The classes that options for the compiler are for, as {@code PACKAGE.*}. */
  private static List<String> compilerPatterns(String script) {
    List<String> patterns = new ArrayList<>();
    for (Matcher command = COMPILE_COMMAND.matcher(script); command.find(); ) {
      patterns.addAll(filledIn(command.group(1), script));
    }
    return patterns;
  }

  /** As Java reads it: a star stands for any letters, and for dots too. */
  private static boolean matches(String pattern, String name) {
    return name.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }
}
