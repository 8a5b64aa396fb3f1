package io.sysmonflink.jobs.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Local files as {@code gated:/path}, which makes a job stop in its middle, wherever a test wants
 * it, on a machine of any speed: below a folder with a closed gate a process may open and create so
 * many files; the next one waits until the gate is opened.
 */
public final class GatedFileSystem extends LocalFileSystem {

  private static final String CLOSED = ".closed";
  private static final String WAITING = ".waiting-";

  private static final Map<Path, AtomicInteger> PASSED = new ConcurrentHashMap<>();

  /** Makes the file system known to Flink. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "gated";
    }

    @Override
    public FileSystem create(URI uri) {
      return new GatedFileSystem();
    }
  }

  /** Lets every process open so many files below a folder, and then no more. */
  static void close(Path folder, int files) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(CLOSED), String.valueOf(files));
  }

  static void open(Path folder) throws IOException {
    Files.delete(folder.resolve(CLOSED));
  }

  /** Whether a process stands before a closed gate. */
  static boolean holds(Path folder, long pid) {
    return Files.exists(folder.resolve(WAITING + pid));
  }

  /** Whether a file is one by which tests and processes talk of gates. */
  static boolean isMark(Path file) {
    String name = file.getFileName().toString();
    return name.equals(CLOSED) || name.startsWith(WAITING);
  }

  /** A folder as the URI that leads through its gate. */
  static String uri(Path folder) {
    return "gated:" + folder.toAbsolutePath().normalize();
  }

  @Override
  public URI getUri() {
    return URI.create("gated:/");
  }

  @Override
  public FSDataInputStream open(org.apache.flink.core.fs.Path file) throws IOException {
    pass(file);
    return super.open(file);
  }

  @Override
  public FSDataOutputStream create(org.apache.flink.core.fs.Path file, WriteMode mode)
      throws IOException {
    pass(file);
    return super.create(file, mode);
  }

  private void pass(org.apache.flink.core.fs.Path file) throws IOException {
    for (Path folder : ancestors(pathToFile(file).toPath()).toList()) {
      Path gate = folder.resolve(CLOSED);
      if (isClosed(gate, PASSED.computeIfAbsent(gate, g -> new AtomicInteger()))) {
        Files.writeString(folder.resolve(WAITING + ProcessHandle.current().pid()), "");
        waitFor(gate);
      }
    }
  }

  private static boolean isClosed(Path gate, AtomicInteger passed) throws IOException {
    return Files.exists(gate)
        && passed.incrementAndGet() > Integer.parseInt(Files.readString(gate));
  }

  private static void waitFor(Path gate) throws IOException {
    while (Files.exists(gate)) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted before " + gate);
      }
    }
  }

  private static Stream<Path> ancestors(Path file) {
    return Stream.iterate(file.getParent(), folder -> folder != null, Path::getParent);
  }
}
