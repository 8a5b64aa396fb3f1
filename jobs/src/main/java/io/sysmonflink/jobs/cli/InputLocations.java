package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;

/**
 * The values of {@code --input} as URIs: files and folders that exist. A local path becomes a
 * {@code file:} URI; where it names nothing and has {@code * ? [ ] { }} in it, it is a pattern of
 * local files. A {@code ;} becomes {@code %3B}, since the source takes a list with {@code ;}
 * between its members.
 */
final class InputLocations {

  private static final Pattern HAS_SCHEME =
      Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  /** How messages begin. */
  private final String option;

  private InputLocations(String option) {
    this.option = option;
  }

  /**
   * The locations in the order given, files of a pattern in the order of their names.
   *
   * @throws UserError if one of them names nothing
   */
  static List<String> of(List<String> inputs) {
    return new InputLocations("--input ").all(inputs);
  }

  /**
   * As {@link #of}, of what stands on the command line without an option.
   *
   * @throws UserError if one of them names nothing
   */
  static List<String> ofArguments(List<String> inputs) {
    return new InputLocations("").all(inputs);
  }

  private List<String> all(List<String> inputs) {
    List<String> locations = new ArrayList<>();
    for (String input : inputs) {
      if (HAS_SCHEME.matcher(input).matches()) {
        locations.add(ofUri(input));
      } else {
        ofPath(input).forEach(path -> locations.add(listed(path.toUri())));
      }
    }
    return locations;
  }

  /**
   * How many bytes lie there, as the source finds them.
   *
   * @param locations as {@link #of} gives them
   */
  static long size(List<String> locations) throws IOException {
    org.apache.flink.core.fs.Path[] paths =
        locations.stream()
            .map(location -> new org.apache.flink.core.fs.Path(URI.create(location)))
            .toArray(org.apache.flink.core.fs.Path[]::new);
    return new NonSplittingRecursiveEnumerator()
        .enumerateSplits(paths, 1).stream().mapToLong(FileSourceSplit::fileSize).sum();
  }

  private String ofUri(String input) {
    try {
      URI uri = new URI(input);
      // Flink decodes nothing: give it the name itself.
      org.apache.flink.core.fs.Path path =
          new org.apache.flink.core.fs.Path(uri.getScheme(), uri.getAuthority(), uri.getPath());
      if (!path.getFileSystem().exists(path)) {
        throw new UserError(option + input + ": no such file or folder");
      }
      return listed(uri);
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UserError(option + input + ": is not a URI: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError(option + input + ": " + Failure.reason(e), e);
    }
  }

  private List<Path> ofPath(String input) {
    if (input.isBlank()) {
      throw new UserError(option.strip() + ": is empty");
    }
    Path path = path(input).toAbsolutePath();
    if (Files.exists(path)) {
      if (!Files.isReadable(path)) {
        throw new UserError(option + input + ": cannot be read: permission denied");
      }
      return List.of(path);
    }
    if (!WILDCARD.matcher(input).find()) {
      throw new UserError(option + input + ": no such file or folder");
    }
    List<Path> matches = matches(path);
    if (matches.isEmpty()) {
      throw new UserError(option + input + ": no file matches");
    }
    return matches;
  }

  private Path path(String input) {
    try {
      return Path.of(input);
    } catch (InvalidPathException e) {
      throw new UserError(option + input + ": is not a path: " + e.getMessage(), e);
    }
  }

  private List<Path> matches(Path pattern) {
    Path root = pattern;
    while (root != null && WILDCARD.matcher(root.toString()).find()) {
      root = root.getParent();
    }
    if (root == null || !Files.isDirectory(root)) {
      return List.of();
    }
    FileSystem files = pattern.getFileSystem();
    try {
      PathMatcher matcher = files.getPathMatcher("glob:" + pattern);
      // Without ** a pattern reaches as deep as it has parts.
      int depth =
          pattern.toString().contains("**")
              ? Integer.MAX_VALUE
              : pattern.getNameCount() - root.getNameCount();
      try (Stream<Path> walk = Files.walk(root, depth, FileVisitOption.FOLLOW_LINKS)) {
        return walk.filter(Files::isRegularFile).filter(matcher::matches).sorted().toList();
      }
    } catch (IOException | java.io.UncheckedIOException | IllegalArgumentException e) {
      throw new UserError(option + pattern + ": " + Failure.reason(e), e);
    }
  }

  private static String listed(URI uri) {
    return uri.toString().replace(";", "%3B");
  }
}
