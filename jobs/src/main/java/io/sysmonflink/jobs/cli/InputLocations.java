package io.sysmonflink.jobs.cli;

import io.sysmonflink.files.FileListing;
import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** Of a name, or of a pattern one of whose names begins so. */
  private static final Pattern HIDDEN = Pattern.compile("(?:^|[/{,])[._]");

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
   * What lies there, as the source finds it.
   *
   * @param locations as {@link #of} gives them
   */
  static FileListing listing(List<String> locations) throws IOException {
    return FileListing.of(
        locations.stream()
            .map(location -> new org.apache.flink.core.fs.Path(URI.create(location)))
            .toList());
  }

  /**
   * Makes sure that a run does not write where it reads.
   *
   * @param locations as {@link #of} gives them
   * @param output the folder for results
   * @throws UserError if the output is an input, or one lies in the other, links resolved
   */
  static void checkApart(List<String> locations, String output) {
    try {
      List<String> out = steps(new org.apache.flink.core.fs.Path(output));
      for (String location : locations) {
        var path = new org.apache.flink.core.fs.Path(URI.create(location));
        List<String> in = steps(path);
        int common = Math.min(in.size(), out.size());
        if (in.subList(0, common).equals(out.subList(0, common))) {
          String how =
              in.equals(out)
                  ? "is the input"
                  : common == out.size() ? "holds the input" : "lies in the input";
          throw new UserError(
              "--output %s: %s %s: give results a folder of their own"
                  .formatted(output, how, path));
        }
      }
    } catch (IOException e) {
      throw new UserError("--output " + output + ": " + Failure.reason(e), e);
    }
  }

  /** The way to a file from its file system's root; of a local file the real one. */
  private static List<String> steps(org.apache.flink.core.fs.Path path) throws IOException {
    URI files = path.getFileSystem().getUri();
    List<String> steps = new ArrayList<>();
    steps.add(String.valueOf(files.getScheme()));
    Path place = Path.of(path.getPath()).toAbsolutePath().normalize();
    if ("file".equals(files.getScheme())) {
      Path there = place;
      while (!Files.exists(there) && there.getParent() != null) {
        there = there.getParent();
      }
      place = there.toRealPath().resolve(there.relativize(place)).normalize();
    } else {
      steps.add(String.valueOf(path.toUri().getAuthority()));
    }
    place.forEach(step -> steps.add(step.toString()));
    return steps;
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
      boolean hidden = HIDDEN.matcher(root.relativize(pattern).toString()).find();
      Matches found = new Matches(root, matcher, hidden);
      Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), depth, found);
      return found.files.stream().sorted().toList();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(option + pattern + ": " + Failure.reason(e), e);
    }
  }

  /** The files of a pattern, and what cannot be looked into: the source reports that. */
  private static final class Matches extends SimpleFileVisitor<Path> {

    private final Path root;
    private final PathMatcher matcher;
    private final boolean hidden;
    private final List<Path> files = new ArrayList<>();

    /**
     * @param hidden whether names count that begin with a dot or an underscore
     */
    Matches(Path root, PathMatcher matcher, boolean hidden) {
      this.root = root;
      this.matcher = matcher;
      this.hidden = hidden;
    }

    private boolean isLeftOut(Path file) {
      return !hidden && !file.equals(root) && HIDDEN.matcher(file.getFileName().toString()).find();
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return isLeftOut(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!attributes.isDirectory() && matcher.matches(file) && !isLeftOut(file)) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      boolean loop = failure instanceof FileSystemLoopException; // all in it was seen
      if (!loop && !isLeftOut(file) && (matcher.matches(file) || Files.isDirectory(file))) {
        files.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static String listed(URI uri) {
    return uri.toString().replace(";", "%3B");
  }
}
