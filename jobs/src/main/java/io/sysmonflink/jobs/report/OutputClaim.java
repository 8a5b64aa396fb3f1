package io.sysmonflink.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Instant;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The right to write to an output folder, held by one run at a time: a file {@code .running} that
 * says who holds it. A run that was killed leaves the file behind; on the same machine the next run
 * sees that its process is gone.
 */
final class OutputClaim implements AutoCloseable {

  private static final String FILE = ".running";

  private final Path file;
  private final Thread release;

  private OutputClaim(Path file) {
    this.file = file;
    this.release = new Thread(this::delete, "release " + file);
  }

  /**
   * Takes the folder.
   *
   * @throws UserError if another run holds it
   */
  static OutputClaim of(Path folder) throws IOException {
    folder.getFileSystem().mkdirs(folder);
    OutputClaim claim = new OutputClaim(new Path(folder, FILE));
    if (!claim.create() && !(claim.isLeftBehind() && claim.delete() && claim.create())) {
      throw new UserError(
          "--output %s: another run is writing there (%s); if it is not, delete %s"
              .formatted(folder, claim.holder(), claim.file));
    }
    Runtime.getRuntime().addShutdownHook(claim.release);
    return claim;
  }

  private boolean create() throws IOException {
    byte[] holder =
        (host() + " " + ProcessHandle.current().pid() + " " + Instant.now()).getBytes(UTF_8);
    if (file.getFileSystem().isDistributedFS()) {
      if (file.getFileSystem().exists(file)) {
        return false;
      }
      try (FSDataOutputStream out =
          file.getFileSystem().create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(holder);
      }
      return true;
    }
    try {
      // Unlike Flink's create, this is one step: of two runs, one gets it.
      Files.write(
          java.nio.file.Path.of(file.getPath()),
          holder,
          java.nio.file.StandardOpenOption.CREATE_NEW);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private boolean isLeftBehind() throws IOException {
    String[] holder = holder().split(" ", -1);
    return holder.length == 3
        && holder[0].equals(host())
        && holder[1].matches("\\d{1,18}")
        && ProcessHandle.of(Long.parseLong(holder[1])).isEmpty();
  }

  private String holder() throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readNBytes(200), UTF_8);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  private boolean delete() {
    try {
      return file.getFileSystem().delete(file, false);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(release);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
    }
  }
}
