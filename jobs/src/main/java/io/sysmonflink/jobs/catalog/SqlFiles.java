package io.sysmonflink.jobs.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The SQL layout: what the jar brings along, and over it, file by file, the user's own folder.
 *
 * <pre>
 * schema/NAME.sql  sources/NAME.sql  macros/NAME.sql  detections/NAME.sql + NAME.yml  filters/NAME.sql
 * sinks/SET/NAME.sql  drilldowns/NAME.sql
 * </pre>
 */
public final class SqlFiles {

  private static final String NAME = "[A-Za-z][A-Za-z0-9_]*";
  private static final Pattern LAYOUT =
      Pattern.compile(
          "(schema|sources|macros|detections|filters|drilldowns|sinks/NAME)/NAME\\.sql|detections/NAME\\.yml"
              .replace("NAME", NAME));

  private final SortedMap<String, SqlFile> files;

  private SqlFiles(SortedMap<String, SqlFile> files) {
    this.files = files;
  }

  /** Files given as texts by their path in the layout. */
  public static SqlFiles of(Map<String, String> texts) {
    SortedMap<String, SqlFile> files = new TreeMap<>();
    texts.forEach((path, text) -> files.put(path, new SqlFile(path, SqlFile.BUNDLED, text)));
    return new SqlFiles(files);
  }

  /**
   * The files under {@code sql/} in the jar, or the folder of classes, that this class comes from.
   */
  public static SqlFiles bundled() {
    try {
      URI code = SqlFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      // In application mode Flink names the jar by a relative path: file:usrlib/NAME.jar
      Path place = code.isOpaque() ? Path.of(code.getSchemeSpecificPart()) : Path.of(code);
      if (Files.isDirectory(place)) {
        return new SqlFiles(read(place.resolve("sql"), path -> SqlFile.BUNDLED, SqlFiles::fail));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return new SqlFiles(read(jar.getPath("sql"), path -> SqlFile.BUNDLED, SqlFiles::fail));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the SQL files of the job's own jar", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * These files and over them those of a folder of the same layout: each adds a file or replaces
   * one.
   *
   * @throws UserError if the folder is missing, or holds a file that has no place in the layout
   */
  public SqlFiles overlay(Path folder) {
    return overlay(folder, SqlFiles::fail);
  }

  /**
   * As {@link #overlay(Path)}, but leaves out the files that have no place in the layout or are no
   * text.
   *
   * @param errors takes each of them
   * @throws UserError if the folder is missing or cannot be read
   */
  public SqlFiles overlay(Path folder, Consumer<UserError> errors) {
    if (!Files.isDirectory(folder)) {
      throw new UserError("--sql " + folder + ": no such folder");
    }
    SortedMap<String, SqlFile> merged = new TreeMap<>(files);
    try {
      SortedMap<String, SqlFile> own =
          read(folder, path -> folder.resolve(path).toString(), errors);
      if (own.isEmpty()) {
        errors.accept(new UserError("--sql " + folder + ": holds no SQL or YAML file"));
      }
      merged.putAll(own);
    } catch (IOException e) {
      throw unreadable(folder, e);
    } catch (UncheckedIOException e) { // out of the walk
      throw unreadable(folder, e.getCause());
    }
    return new SqlFiles(merged);
  }

  private static UserError unreadable(Path folder, IOException e) {
    // Some exceptions of java.nio say the place only.
    return new UserError(
        "--sql %s: cannot be read: %s (%s)"
            .formatted(folder, e.getMessage(), e.getClass().getSimpleName()),
        e);
  }

  /** The file at a path of the layout. */
  public Optional<SqlFile> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /**
   * The file that an option names.
   *
   * @param option the option, {@code --source}
   * @param folder the folder of the layout that it chooses from
   * @param name what the user gave
   * @param path the file's place in the folder, without its ending
   * @throws UserError if there is none
   */
  public SqlFile required(String option, String folder, String name, String path) {
    return find(folder + "/" + path + ".sql")
        .orElseThrow(
            () ->
                new UserError(
                    "%s %s: there is no %s/%s.sql; in %s/ there are %s"
                        .formatted(
                            option, name, folder, path, folder, String.join(", ", names(folder)))));
  }

  /**
   * The files right in a folder of the layout with the given ending, in the order of their names.
   */
  public List<SqlFile> in(String folder, String ending) {
    Predicate<String> inFolder = path -> path.lastIndexOf('/') == folder.length();
    return files.values().stream()
        .filter(file -> file.path().startsWith(folder + "/") && inFolder.test(file.path()))
        .filter(file -> file.path().endsWith(ending))
        .toList();
  }

  /**
   * The file at a path in the layout.
   *
   * @throws UserError if there is none
   */
  public SqlFile get(String path) {
    return find(path).orElseThrow(() -> new UserError("there is no " + path));
  }

  /** Every file, in the order of their paths. */
  public Collection<SqlFile> all() {
    return files.values();
  }

  /** The names of what stands in a folder: of sources, say, or of sets of sinks. */
  public List<String> names(String folder) {
    return files.keySet().stream()
        .filter(path -> path.startsWith(folder + "/"))
        .map(path -> path.substring(folder.length() + 1).replaceFirst("[/.].*", ""))
        .distinct()
        .toList();
  }

  private interface Origin {
    String of(String path);
  }

  private static void fail(UserError error) {
    throw error;
  }

  private static SortedMap<String, SqlFile> read(
      Path root, Origin origin, Consumer<UserError> errors) throws IOException {
    SortedMap<String, SqlFile> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        String path = root.relativize(file).toString().replace('\\', '/');
        if (path.endsWith(".md") || path.startsWith(".") || path.contains("/.")) {
          continue;
        }
        SqlFile found = new SqlFile(path, origin.of(path), "");
        if (!LAYOUT.matcher(path).matches()) {
          errors.accept(
              found.error(
                  "has no place in the layout (schema/, sources/, macros/, detections/, filters/ and drilldowns/"
                      + " hold NAME.sql, detections/ NAME.yml too, sinks/ holds SET/NAME.sql)"));
          continue;
        }
        try {
          files.put(path, new SqlFile(path, found.origin(), Files.readString(file)));
        } catch (CharacterCodingException e) {
          errors.accept(found.errorAt(0, 0, "is not UTF-8 text", e));
        }
      }
    }
    return files;
  }
}
