package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.Detection;
import io.sysmonflink.jobs.catalog.SqlFile;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.SqlTemplate;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.pipeline.KafkaSettings;
import io.sysmonflink.jobs.pipeline.RunOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every SQL and YAML file that a run may read, and tells all that is wrong, not only the
 * first. Each file is read on its own; what can be read is planned as the run would plan it.
 */
public final class Check {

  private final SqlFiles files;
  private final Collection<String> names;
  private final List<SqlFile> checked;
  private final Map<String, String> settings;
  private final KafkaSettings kafka;

  private final Set<Finding> findings = new TreeSet<>();

  /**
   * What was looked at and found.
   *
   * @param detections how many
   * @param files how many
   * @param findings in the order of their places
   */
  public record Report(int detections, int files, List<Finding> findings) {

    /** How many findings are errors. */
    public long errors() {
      return findings.stream().filter(finding -> !finding.warning()).count();
    }
  }

  /**
   * Takes what is to be checked.
   *
   * @param names of the detections; all if empty
   * @param settings values of {@code ${key}}s; a key without one stands for itself
   * @param kafka values of the keys that Kafka's options fill
   * @throws UserError if there is no such detection, or no file has such a key
   */
  public Check(
      SqlFiles files, Collection<String> names, Map<String, String> settings, KafkaSettings kafka) {
    this.files = files;
    this.settings = settings;
    this.kafka = kafka;
    Set<String> all =
        files.all().stream()
            .filter(file -> file.path().startsWith("detections/"))
            .map(SqlFile::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String name : names) {
      if (!all.contains(name)) {
        throw new UserError(name + ": no such detection; there are " + String.join(", ", all));
      }
    }
    Set<String> keys =
        files.all().stream()
            .filter(file -> file.path().endsWith(".sql"))
            .flatMap(Check::keys)
            .collect(Collectors.toSet());
    for (String key : settings.keySet()) {
      if (!keys.contains(key)) {
        throw new UserError("--set " + key + ": no SQL file has ${" + key + "}");
      }
    }
    this.names = names.isEmpty() ? all : new TreeSet<>(names);
    this.checked = files.all().stream().filter(this::isChecked).toList();
  }

  // The files of other detections are left out; all else is shared.
  private boolean isChecked(SqlFile file) {
    return switch (file.path().substring(0, file.path().indexOf('/'))) {
      case "detections" -> names.contains(file.name());
      case "filters" -> !belongsToOther(file);
      default -> true;
    };
  }

  private boolean belongsToOther(SqlFile filter) {
    String detection = filter.name().replaceFirst("_filter$", "");
    return !names.contains(detection) && files.find("detections/" + detection + ".sql").isPresent();
  }

  /** Looks at them all; to be called once. */
  public Report run() {
    Set<String> places = checked.stream().map(SqlFile::display).collect(Collectors.toSet());
    Consumer<UserError> ofChecked =
        error ->
            Optional.of(Finding.of(error))
                .filter(finding -> finding.file().map(places::contains).orElse(true))
                .ifPresent(findings::add);
    Catalog catalog = Catalog.load(files, ofChecked);
    List<Detection> detections =
        catalog.detections().stream().filter(d -> names.contains(d.name())).toList();
    // What its YAML says of a result must be right before a result can be planned.
    List<Detection> plannable = detections.stream().filter(this::hasNoFinding).toList();
    boolean readable = true;
    for (SqlFile file : checked) {
      readable &= file.path().endsWith(".yml") || isReadable(file, detections);
    }
    // An error in one file would be told again as one of each file that needs it.
    if (readable) {
      new PlanCheck(catalog, plannable, this::settings, kafka).run(this::addPlanned);
    }
    return new Report(names.size(), checked.size(), List.copyOf(findings));
  }

  private boolean hasNoFinding(Detection detection) {
    Set<Optional<String>> own =
        Set.of(
            Optional.of(detection.metadataFile().display()),
            Optional.of(detection.query().display()));
    return findings.stream().noneMatch(finding -> own.contains(finding.file()));
  }

  private boolean isReadable(SqlFile file, List<Detection> detections) {
    try {
      new SqlTemplate(file); // a key outside quotes is told better by it than by the parser
      Lint.Parsed parsed = new Lint.Parsed(file, file.parse());
      lints(detections).forEach(lint -> lint.check(parsed, findings::add));
      return true;
    } catch (UserError e) {
      findings.add(Finding.of(e));
      return false;
    } catch (StackOverflowError e) {
      findings.add(Finding.of(file.tooDeep(e)));
      return false;
    }
  }

  static List<Lint> lints(Collection<Detection> detections) {
    return List.of(
        new PatternLint(),
        new ByFieldLint(),
        new ColumnLint(detections),
        new OrBesideAndLint(),
        new LetterCaseLint(),
        new ConnectorLint());
  }

  // What Flink says without a place adds nothing to an error that has one.
  private void addPlanned(UserError error) {
    Finding planned = Finding.of(error);
    boolean known =
        findings.stream()
            .filter(finding -> !finding.warning())
            .map(Finding::file)
            .filter(Optional::isPresent)
            .anyMatch(planned.file()::equals);
    if (!known || planned.place().filter(place -> place.line() > 0).isPresent()) {
      findings.add(planned);
    }
  }

  /** The settings for a run of some files: each key they have. */
  private Map<String, String> settings(Collection<SqlFile> read) {
    return read.stream()
        .flatMap(Check::keys)
        .distinct()
        .filter(key -> !kafka.values().containsKey(key) && !RunOptions.OWN_KEYS.contains(key))
        .collect(Collectors.toMap(key -> key, key -> settings.getOrDefault(key, "${" + key + "}")));
  }

  private static Stream<String> keys(SqlFile file) {
    try {
      return new SqlTemplate(file).keys().stream();
    } catch (UserError e) {
      return Stream.empty(); // told where the file is read
    }
  }
}
