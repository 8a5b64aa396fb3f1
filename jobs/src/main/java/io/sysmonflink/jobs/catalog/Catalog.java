package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** Every detection there is, read and checked, and the SQL files around them. */
public final class Catalog {

  private static final String FILTER = "_filter";

  private final SqlFiles files;
  private final SortedMap<String, Detection> detections;

  private Catalog(SqlFiles files, SortedMap<String, Detection> detections) {
    this.files = files;
    this.detections = detections;
  }

  /**
   * Reads all detections.
   *
   * @throws UserError on the first file that is not as it must be
   */
  public static Catalog load(SqlFiles files) {
    return load(
        files,
        error -> {
          throw error;
        });
  }

  /**
   * Reads all detections whose files can be read.
   *
   * @param errors takes each mistake in a file
   */
  public static Catalog load(SqlFiles files, Consumer<UserError> errors) {
    SortedMap<String, Detection> detections = new TreeMap<>();
    for (SqlFile yaml : files.in("detections", ".yml")) {
      Optional<SqlFile> query = files.find("detections/" + yaml.name() + ".sql");
      if (query.isEmpty()) {
        errors.accept(yaml.error("has no " + yaml.name() + ".sql beside it"));
        continue;
      }
      try {
        Detection detection =
            new Detection(MetadataReader.read(yaml), yaml, query.get(), filter(files, query.get()));
        MetadataRules.check(detection, errors);
        detections.put(detection.name(), detection);
      } catch (UserError e) {
        errors.accept(e);
      } catch (StackOverflowError e) {
        errors.accept(query.get().tooDeep(e));
      }
    }
    for (SqlFile query : files.in("detections", ".sql")) {
      if (files.find("detections/" + query.name() + ".yml").isEmpty()) {
        errors.accept(query.error("has no " + query.name() + ".yml beside it"));
      }
    }
    for (SqlFile filter : files.in("filters", ".sql")) {
      String name = filter.name();
      if (!name.endsWith(FILTER)
          || files
              .find("detections/" + name.substring(0, name.length() - FILTER.length()) + ".sql")
              .isEmpty()) {
        errors.accept(
            filter.error("no detection goes with it: it must be called NAME" + FILTER + ".sql"));
      }
    }
    return new Catalog(files, detections);
  }

  private static SqlFile filter(SqlFiles files, SqlFile query) {
    String path = "filters/" + query.name() + FILTER + ".sql";
    SqlFile filter =
        files
            .find(path)
            .orElseGet(
                () ->
                    new SqlFile(
                        path, "none: passes everything", "SELECT * FROM `" + query.name() + "`"));
    // Detections may have the same columns: one that reads from another would not be noticed.
    // One that is no SQL says what is wrong with it when it is planned.
    Optional<SqlNode> statement = SqlSyntax.read(filter.text());
    if (statement.isPresent() && !names(statement.get(), query.name())) {
      throw filter.error("must read from " + query.name());
    }
    return filter;
  }

  private static boolean names(SqlNode statement, String relation) {
    return SqlSyntax.all(statement, SqlIdentifier.class).stream()
        .anyMatch(name -> name.names.contains(relation));
  }

  /** All detections in the order of their names. */
  public Collection<Detection> detections() {
    return detections.values();
  }

  /**
   * The detections of these names, or all where none is given.
   *
   * @throws UserError if there is no such detection
   */
  public List<Detection> select(Collection<String> names) {
    if (names.isEmpty()) {
      return List.copyOf(detections.values());
    }
    List<Detection> selected = new ArrayList<>();
    for (String name : names.stream().distinct().toList()) {
      Detection detection = detections.get(name);
      if (detection == null) {
        throw new UserError(
            "--detection "
                + name
                + ": no such detection; there are "
                + String.join(", ", detections.keySet()));
      }
      selected.add(detection);
    }
    return selected;
  }

  /** The files it was read from. */
  public SqlFiles files() {
    return files;
  }
}
