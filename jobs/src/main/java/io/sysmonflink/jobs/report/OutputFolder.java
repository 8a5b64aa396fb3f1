package io.sysmonflink.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FileUtils;

/**
 * The folder of JSON lines that the {@code files} sinks write, on any file system that Flink knows.
 */
public final class OutputFolder implements AutoCloseable {

  private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

  private final Path root;
  private final java.nio.file.Path temporary;
  private final Thread cleanUp;

  private OutputFolder(Path root, java.nio.file.Path temporary) {
    this.root = root;
    this.temporary = temporary;
    this.cleanUp = temporary == null ? null : new Thread(this::delete, "delete " + temporary);
  }

  /** A new folder that is deleted when closed, or when the process must end. */
  public static OutputFolder temporary() throws IOException {
    java.nio.file.Path folder = Files.createTempDirectory("detect-");
    OutputFolder output = new OutputFolder(new Path("file:" + folder), folder);
    Runtime.getRuntime().addShutdownHook(output.cleanUp);
    return output;
  }

  /**
   * The folder of a user's choice, by URI or local path; null for none.
   *
   * @throws UserError if it cannot be a folder
   */
  public static OutputFolder of(String location) {
    return of("--output", location);
  }

  /**
   * As above.
   *
   * @param option what the user named it by
   */
  public static OutputFolder of(String option, String location) {
    if (location == null) {
      return new OutputFolder(null, null);
    }
    try {
      Path root = path(location);
      FileSystem files = root.getFileSystem();
      if (files.exists(root) && !files.getFileStatus(root).isDir()) {
        throw new UserError(option + " " + location + ": is a file, not a folder");
      }
      return new OutputFolder(root, null);
    } catch (IllegalArgumentException | IOException e) {
      throw new UserError(option + " " + location + ": " + e.getMessage(), e);
    }
  }

  // Flink takes every character of a location as it stands: a % is no escape.
  private static Path path(String location) {
    return location.matches("(?s)[A-Za-z][A-Za-z0-9+.-]+:/.*")
        ? new Path(location)
        : new Path("file:" + java.nio.file.Path.of(location).toAbsolutePath().normalize());
  }

  /** The folder as Flink's connectors take it. */
  public Optional<String> location() {
    return Optional.ofNullable(root).map(Path::toString);
  }

  /** Whether there is a folder of this name below this one. */
  public boolean exists(String folder) throws IOException {
    Path path = new Path(root, folder);
    FileSystem files = path.getFileSystem();
    return files.exists(path) && files.getFileStatus(path).isDir();
  }

  /**
   * The names of the folders in a folder below this one, in order; one that is not there has none.
   */
  public List<String> folders(String folder) throws IOException {
    if (!exists(folder)) {
      return List.of();
    }
    return Arrays.stream(list(new Path(root, folder)))
        .filter(FileStatus::isDir)
        .map(file -> file.getPath().getName())
        .filter(name -> !name.startsWith(".") && !name.startsWith("_"))
        .sorted()
        .toList();
  }

  // Java's own listing, below Flink's, gives null for what it may not read.
  private static FileStatus[] list(Path path) throws IOException {
    FileStatus[] files = path.getFileSystem().listStatus(path);
    if (files == null) {
      throw new UserError(path + ": may not be read");
    }
    return files;
  }

  /** Reads every JSON line in a folder below this one; a folder that is not there has none. */
  public void forEachRow(String folder, Consumer<JsonNode> row) throws IOException {
    FileSystem files = root.getFileSystem();
    for (FileStatus file : finished(folder)) {
      try (InputStream in = files.open(file.getPath());
          MappingIterator<JsonNode> rows = JSON.readValues(in)) {
        rows.forEachRemaining(row);
      }
    }
  }

  /** How many JSON lines there are in a folder below this one. */
  public long rows(String folder) throws IOException {
    FileSystem files = root.getFileSystem();
    byte[] block = new byte[1 << 16];
    long lines = 0;
    for (FileStatus file : finished(folder)) {
      try (InputStream in = files.open(file.getPath())) {
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          for (int i = 0; i < read; i++) {
            lines += block[i] == '\n' ? 1 : 0;
          }
        }
      }
    }
    return lines;
  }

  /** When the newest file in a folder below this one was written; none where that is unknown. */
  public Optional<Instant> lastWritten(String folder) throws IOException {
    return finished(folder).stream()
        .map(FileStatus::getModificationTime)
        .filter(time -> time > 0)
        .max(Comparator.naturalOrder())
        .map(Instant::ofEpochMilli);
  }

  /** The files with rows in a folder below this one, without what a writer has not finished. */
  private List<FileStatus> finished(String folder) throws IOException {
    if (!exists(folder)) {
      return List.of();
    }
    return Arrays.stream(list(new Path(root, folder)))
        .filter(file -> !file.isDir())
        .filter(file -> !file.getPath().getName().startsWith("."))
        .filter(file -> !file.getPath().getName().startsWith("_"))
        .toList();
  }

  /**
   * Takes the folder for one run, and removes the summary of an earlier one: it comes last, so that
   * a folder with a summary is whole.
   *
   * @param embedded whether the job ends with this process
   * @return nothing where there is no folder
   * @throws UserError if another run is writing there
   */
  public Optional<OutputClaim> claim(boolean embedded) throws IOException {
    if (root == null) {
      return Optional.empty();
    }
    OutputClaim claim = OutputClaim.of(root, embedded);
    root.getFileSystem().delete(new Path(root, RunSummary.FILE), false);
    return Optional.of(claim);
  }

  /** Writes a file, over one of the same name. */
  public void write(String file, String text) throws IOException {
    Path path = new Path(root, file);
    try (OutputStream out = path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    if (temporary != null) {
      delete();
      Runtime.getRuntime().removeShutdownHook(cleanUp);
    }
  }

  private void delete() {
    FileUtils.deleteDirectoryQuietly(temporary.toFile());
  }
}
