package io.sysmonflink.jobs.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CoreOptions;

/** Says which folders a run writes to, where it failed for want of room: the failure does not. */
final class FullDisk {

  // The operating system says it in the language of the user: hence the look at the free space.
  private static final Pattern NO_ROOM =
      Pattern.compile(
          "no space left|disk quota exceeded|not enough space|file too large",
          Pattern.CASE_INSENSITIVE);

  private static final long HARDLY_ANY = 1 << 20;

  private FullDisk() {}

  /**
   * The failure to report: one with the folders in its message where a disk is full, or else the
   * same.
   *
   * @param output where results go
   */
  static Exception explained(Exception failure, Optional<String> output, FlinkOptions flink) {
    String temporary =
        flink.isEmbedded() ? flink.environment().getConfiguration().get(CoreOptions.TMP_DIRS) : "";
    return explained(failure, output, temporary);
  }

  /**
   * As above.
   *
   * @param temporary folders with commas or the system's separator between; may be empty
   */
  static Exception explained(Exception failure, Optional<String> output, String temporary) {
    StringBuilder folders = new StringBuilder();
    output.ifPresent(
        location -> folders.append("; results go to ").append(withRoom(local(location))));
    boolean full = saysSo(failure) || output.filter(one -> isFull(local(one))).isPresent();
    for (String folder : temporary.split(",|" + File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        folders.append("; temporary files to ").append(withRoom(folder));
        full |= isFull(folder);
      }
    }
    if (!full) {
      return failure;
    }
    IOException named = new IOException("the disk is full: " + Failure.reason(failure) + folders);
    named.addSuppressed(failure);
    return named;
  }

  private static boolean saysSo(Throwable failure) {
    for (Throwable t = failure; t != null && t != t.getCause(); t = t.getCause()) {
      if (t.getMessage() != null && NO_ROOM.matcher(t.getMessage()).find()) {
        return true;
      }
    }
    return false;
  }

  private static String local(String location) {
    return location.startsWith("file:") ? location.substring("file:".length()) : location;
  }

  private static String withRoom(String folder) {
    return room(folder)
        .map(bytes -> String.format(Locale.ROOT, "%s (%d MB free)", folder, bytes / 1_000_000))
        .orElse(folder);
  }

  private static boolean isFull(String folder) {
    return room(folder).filter(bytes -> bytes < HARDLY_ANY).isPresent();
  }

  /** Nothing where it is no local folder. */
  private static Optional<Long> room(String folder) {
    try {
      return Optional.of(Files.getFileStore(Path.of(folder)).getUsableSpace());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
