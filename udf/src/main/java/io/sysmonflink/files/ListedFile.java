package io.sysmonflink.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * A file as it was when it was listed, as a split holds it: its size and time, and in the split's
 * id what Flink's splits have no place for, the file's key or why it cannot be read.
 */
final class ListedFile {

  /** In a split's id, what follows its number. */
  private static final char KEY = '=';

  private static final char FAULT = '!';

  private static final int NUMBER_LENGTH = 10;

  private final FileSourceSplit split;
  private final Path path;

  private record State(long size, long modified, String key) {}

  ListedFile(FileSourceSplit split) {
    this.split = split;
    this.path = split.path();
  }

  /** The id of a split. */
  static String splitId(int number, FileListing.Entry file) {
    String id = String.format(Locale.ROOT, "%0" + NUMBER_LENGTH + "d", number);
    if (file.fault() != null) {
      return id + FAULT + file.fault();
    }
    return file.key() == null ? id : id + KEY + file.key();
  }

  /** Why it cannot be read, where the listing has found that. */
  Optional<String> fault() {
    return Optional.ofNullable(afterNumber(FAULT));
  }

  private String afterNumber(char mark) {
    String id = split.splitId();
    return id.length() > NUMBER_LENGTH && id.charAt(NUMBER_LENGTH) == mark
        ? id.substring(NUMBER_LENGTH + 1)
        : null;
  }

  /** What has become of it. */
  record Change(String inWords, long appended) {

    static final Change NONE = new Change(null, 0);

    private static Change because(String inWords, Object... values) {
      return new Change(String.format(Locale.ROOT, inWords, values), 0);
    }

    /** Whether what was read may not be what was listed. */
    boolean isLoss() {
      return inWords != null;
    }
  }

  /**
   * Compares it with what is there now.
   *
   * @throws IOException if the file system fails in a way that may pass
   */
  Change change() throws IOException {
    State now;
    try {
      now = now();
    } catch (IOException e) {
      if (FileListing.lasts(e) || FileListing.isLocal(path)) {
        return Change.because("it was deleted, renamed or locked after it was listed");
      }
      throw e;
    }
    String key = afterNumber(KEY);
    if (key != null && !key.equals(now.key)) {
      return Change.because("another file has taken its place since it was listed");
    }
    if (now.size < split.fileSize()) {
      return Change.because(
          "it shrank from %d to %d bytes after it was listed", split.fileSize(), now.size);
    }
    if (now.size == split.fileSize()) {
      long listed = split.fileModificationTime();
      boolean later =
          FileListing.isLocal(path)
              ? listed != 0 && listed != now.modified
              : isLater(listed, now.modified);
      return later ? Change.because("it was written over after it was listed") : Change.NONE;
    }
    if (key == null && split.fileModificationTime() != 0) {
      // No inode shows whether it is another file.
      return Change.because(
          "it had %d bytes when it was listed and has %d: it was replaced or appended to",
          split.fileSize(), now.size);
    }
    // Only the last part reports it, so that it counts once.
    boolean last = split.offset() + split.length() == split.fileSize();
    return new Change(null, last ? now.size - split.fileSize() : 0);
  }

  /**
   * Whether a file of a store was written between two times of it, in milliseconds; a time of 0 is
   * not known. Object stores list milliseconds and give whole seconds for a single object, as HTTP
   * does. So whole seconds stand for any time in that second.
   */
  static boolean isLater(long listed, long now) {
    boolean wholeSecond = listed % 1000 == 0 || now % 1000 == 0;
    return listed != 0 && (wholeSecond ? listed / 1000 != now / 1000 : listed != now);
  }

  private State now() throws IOException {
    if (FileListing.isLocal(path)) {
      BasicFileAttributes file =
          Files.readAttributes(java.nio.file.Path.of(path.getPath()), BasicFileAttributes.class);
      Object key = file.fileKey();
      return new State(
          file.size(), file.lastModifiedTime().toMillis(), key == null ? null : key.toString());
    }
    FileStatus file = path.getFileSystem().getFileStatus(path);
    return new State(file.getLen(), file.getModificationTime(), null);
  }
}
