package io.sysmonflink.jobs.oracle;

import java.io.IOException;
import java.net.URI;
import java.util.Random;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataInputStreamWrapper;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * Local files as {@code flaky:/path}: some reads fail at a random place in the file, so many in all
 * as a test wants.
 */
public final class FlakyFileSystem extends LocalFileSystem {

  private static Random random = new Random();
  private static int left;

  /** Makes the file system known to Flink. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "flaky";
    }

    @Override
    public FileSystem create(URI uri) {
      return new FlakyFileSystem();
    }
  }

  /** From now on so many reads fail. */
  static synchronized void failing(int failures, long seed) {
    left = failures;
    random = new Random(seed);
  }

  /** How many of the failures are still to come. */
  static synchronized int left() {
    return left;
  }

  private static synchronized long anyPlace(long length) {
    return random.nextBoolean() ? random.nextLong(length + 1) : Long.MAX_VALUE;
  }

  private static synchronized boolean takeFailure() {
    return left > 0 && left-- > 0;
  }

  @Override
  public URI getUri() {
    return URI.create("flaky:/");
  }

  @Override
  public FSDataInputStream open(Path file) throws IOException {
    return new Flaky(super.open(file), getFileStatus(file).getLen());
  }

  private static final class Flaky extends FSDataInputStreamWrapper {
    private final long failsAfter;

    Flaky(FSDataInputStream in, long length) {
      super(in);
      failsAfter = anyPlace(length);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      if (getPos() >= failsAfter && takeFailure()) {
        throw new IOException("flaky, as the test asked for");
      }
      return read;
    }
  }
}
