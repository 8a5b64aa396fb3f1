package io.sysmonflink.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sysmonflink.jobs.catalog.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The right to write to an output folder, held by one run at a time: a file {@code .running} that
 * says who holds it. A run that was killed leaves the file behind; on the same machine the next run
 * sees that its process is gone, and removes what it had not finished.
 *
 * <p>In a container every process may have the number 1, so a number alone proves nothing: the
 * process has to be another one than this, of this boot, and older than the file.
 */
public final class OutputClaim implements AutoCloseable {

  private static final String FILE = ".running";

  /** Says that a job may go on writing on a cluster that nobody waits for here. */
  private static final String STARTED = ".started";

  /** What Flink keeps in a table's folder until the job is done. */
  private static final String UNFINISHED = ".staging_";

  private static final String UNKNOWN = "-";
  private static final String ON_A_CLUSTER = "cluster";

  /** The start of a process is known to the second, and clocks are set. */
  private static final Duration CLOCK_ERROR = Duration.ofSeconds(10);

  /** The claims of this process. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path file;
  private final boolean embedded;
  private final Thread release;

  private OutputClaim(Path folder, boolean embedded) {
    this.folder = folder;
    this.file = new Path(folder, FILE);
    this.embedded = embedded;
    this.release = new Thread(this::end, "release " + file);
  }

  /**
   * Takes the folder.
   *
   * @param embedded whether the job ends with this process
   * @throws UserError if another run holds it
   */
  static OutputClaim of(Path folder, boolean embedded) throws IOException {
    folder.getFileSystem().mkdirs(folder);
    OutputClaim claim = new OutputClaim(folder, embedded);
    if (!claim.create() && !(claim.takeOver() && claim.create())) {
      throw new UserError(
          "--output %s: another run is writing there (%s); if it is not, delete %s"
              .formatted(folder, claim.holder(), claim.file));
    }
    HELD.add(claim.key());
    Runtime.getRuntime().addShutdownHook(claim.release);
    claim.removeUnfinished();
    return claim;
  }

  private boolean create() throws IOException {
    String where = embedded ? "here" : ON_A_CLUSTER;
    byte[] holder =
        String.join(
                " ",
                host(),
                String.valueOf(ProcessHandle.current().pid()),
                Instant.now().toString(),
                boot(),
                where)
            .getBytes(UTF_8);
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

  private boolean takeOver() throws IOException {
    String[] holder = holder().split(" ", -1);
    if (!isLeftBehind(holder)) {
      return false;
    }
    if (holder[holder.length - 1].equals(ON_A_CLUSTER)) {
      mark(STARTED);
    }
    return delete(file);
  }

  private boolean isLeftBehind(String[] holder) throws IOException {
    if ((holder.length != 3 && holder.length != 5) // earlier versions wrote three
        || !holder[0].equals(host())
        || !holder[1].matches("\\d{1,18}")
        || HELD.contains(key())) {
      return false;
    }
    long pid = Long.parseLong(holder[1]);
    boolean otherBoot =
        holder.length == 5
            && !holder[3].equals(UNKNOWN)
            && !boot().equals(UNKNOWN)
            && !holder[3].equals(boot());
    return otherBoot
        || pid == ProcessHandle.current().pid()
        || ProcessHandle.of(pid).map(process -> isYounger(process, holder[2])).orElse(true);
  }

  /** Whether a process has begun after a file was written. */
  private static boolean isYounger(ProcessHandle process, String written) {
    try {
      Instant until = Instant.parse(written).plus(CLOCK_ERROR);
      return process.info().startInstant().map(until::isBefore).orElse(false);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private String holder() throws IOException {
    try (InputStream in = file.getFileSystem().open(file)) {
      return new String(in.readNBytes(400), UTF_8);
    }
  }

  private String key() throws IOException {
    return file.getFileSystem().isDistributedFS()
        ? file.toString()
        : java.nio.file.Path.of(folder.getPath()).toRealPath().toString();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "localhost";
    }
  }

  /** An id of this start of the machine, as Linux gives it. */
  private static String boot() {
    try {
      return Files.readString(java.nio.file.Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** Leaves the folder to the job, which goes on where nobody can wait for it. */
  public void leaveToJob() throws IOException {
    mark(STARTED);
  }

  /** Removes what the job has left unfinished, to be called where it has failed. */
  public void failed() throws IOException {
    removeUnfinished();
  }

  private void mark(String name) throws IOException {
    Path mark = new Path(folder, name);
    mark.getFileSystem().create(mark, FileSystem.WriteMode.OVERWRITE).close();
  }

  // Nobody else writes here, but for a job that was left to a cluster.
  private void removeUnfinished() throws IOException {
    Path started = new Path(folder, STARTED);
    boolean left = folder.getFileSystem().exists(started);
    if (removeUnfinished(folder, 2, left) == 0 && left) {
      delete(started);
    }
  }

  /** The folders of tables lie one below this, those of detections two. */
  private static int removeUnfinished(Path below, int depth, boolean keep) throws IOException {
    int found = 0;
    FileStatus[] files = below.getFileSystem().listStatus(below);
    for (FileStatus file : files == null ? new FileStatus[0] : files) {
      if (file.isDir() && file.getPath().getName().startsWith(UNFINISHED)) {
        found++;
        if (!keep) {
          below.getFileSystem().delete(file.getPath(), true);
        }
      } else if (file.isDir() && depth > 0) {
        found += removeUnfinished(file.getPath(), depth - 1, keep);
      }
    }
    return found;
  }

  private boolean delete(Path path) {
    try {
      return path.getFileSystem().delete(path, false);
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs when the process must end. */
  private void end() {
    try {
      if (!embedded) {
        mark(STARTED);
      }
    } catch (IOException e) {
      return; // what stays behind says the same
    }
    delete(file);
  }

  @Override
  public void close() throws IOException {
    HELD.remove(key());
    delete(file);
    try {
      Runtime.getRuntime().removeShutdownHook(release);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook runs.
    }
  }
}
