package io.sysmonflink.files;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files at some paths, folders searched in depth, each file once by whatever names it is
 * reached. What cannot be read is in the list with the reason, and costs nothing beside it. In a
 * folder, names that begin with a dot or an underscore are left out; a path that was named is taken
 * whatever its name.
 */
public final class FileListing {

  /**
   * A file as it was found.
   *
   * @param path leads to it
   * @param size in bytes
   * @param modified when, in milliseconds since 1970; 0 where the file system does not say
   * @param key identifies it among all files of its file system, whatever its name; null where the
   *     file system has no such key
   * @param fault why it cannot be read; null where nothing is known against it
   * @param status as Flink has it; null for local files
   */
  record Entry(Path path, long size, long modified, String key, String fault, FileStatus status) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Path> repeated = new ArrayList<>();

  /** The keys of all files and folders so far. */
  private final Set<Object> seen = new HashSet<>();

  private FileListing() {}

  /**
   * Lists what is there now.
   *
   * @throws IOException if there is nothing at a path, or a file system fails in a way that may
   *     pass
   */
  public static FileListing of(Collection<Path> paths) throws IOException {
    FileListing listing = new FileListing();
    for (Path path : paths) {
      if (isLocal(path)) {
        java.nio.file.Path file = java.nio.file.Path.of(path.getPath()).toAbsolutePath();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileNotFoundException("cannot read " + path + ": no such file or folder");
        }
        listing.addLocal(file);
      } else {
        FileSystem files = path.getFileSystem();
        listing.add(files, files.getFileStatus(path));
      }
    }
    return listing;
  }

  /** All of them, those that cannot be read too. */
  List<Entry> entries() {
    return entries;
  }

  /** How many bytes they have, as they are stored. */
  public long bytes() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  /** What leads to a file or folder that is there already by another name. */
  public List<Path> repeated() {
    return repeated;
  }

  /** Whether a path is one of this machine's own files, of which Java knows more than Flink. */
  static boolean isLocal(Path path) throws IOException {
    return "file".equals(path.getFileSystem().getUri().getScheme());
  }

  /** A local file as Flink names it, whatever characters are in its name. */
  private static Path path(java.nio.file.Path file) {
    String uri = file.toUri().toString(); // of a folder with a slash at its end
    boolean slash = uri.endsWith("/") && file.getNameCount() > 0;
    return new Path(URI.create(slash ? uri.substring(0, uri.length() - 1) : uri));
  }

  private void addLocal(java.nio.file.Path file) throws IOException {
    if (!hasName(file)) {
      String encoding = System.getProperty("sun.jnu.encoding");
      addFault(path(file), "its name is no text in " + encoding + ": rename it");
      return;
    }
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      boolean dangling = e instanceof NoSuchFileException && Files.isSymbolicLink(file);
      addFault(path(file), dangling ? "it is a link that leads nowhere" : reason(e));
      return;
    }
    Object key = attributes.fileKey();
    if (!seen.add(key == null ? file.toRealPath() : key)) {
      repeated.add(path(file));
    } else if (attributes.isDirectory()) {
      addFolder(file);
    } else if (attributes.isRegularFile()) {
      entries.add(
          new Entry(
              path(file),
              attributes.size(),
              attributes.lastModifiedTime().toMillis(),
              key == null ? null : key.toString(),
              null,
              null));
    } else {
      addFault(path(file), "it is a named pipe, a socket or a device");
    }
  }

  private void addFolder(java.nio.file.Path folder) throws IOException {
    List<java.nio.file.Path> children = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(children::add);
    } catch (IOException e) {
      addFault(path(folder), reason(e));
    } catch (DirectoryIteratorException e) {
      addFault(path(folder), reason(e.getCause()));
    }
    // Links come last, so that a file that is read once keeps its own name.
    children.sort(
        Comparator.<java.nio.file.Path, Boolean>comparing(Files::isSymbolicLink)
            .thenComparing(Comparator.naturalOrder()));
    for (java.nio.file.Path child : children) {
      if (isTaken(child.getFileName().toString())) {
        addLocal(child);
      }
    }
  }

  // Java keeps the bytes of a name as they are, but Flink has it as text.
  private static boolean hasName(java.nio.file.Path file) {
    try {
      return java.nio.file.Path.of(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void add(FileSystem files, FileStatus file) throws IOException {
    if (!seen.add(file.getPath())) {
      repeated.add(file.getPath());
    } else if (file.isDir()) {
      FileStatus[] children = children(files, file.getPath());
      Arrays.sort(children, Comparator.comparing(child -> child.getPath().toString()));
      for (FileStatus child : children) {
        if (isTaken(child.getPath().getName())) {
          add(files, child);
        }
      }
    } else {
      entries.add(
          new Entry(file.getPath(), file.getLen(), file.getModificationTime(), null, null, file));
    }
  }

  private FileStatus[] children(FileSystem files, Path folder) throws IOException {
    try {
      FileStatus[] children = files.listStatus(folder);
      if (children != null) {
        return children;
      }
      addFault(folder, "it may not be read");
    } catch (IOException e) {
      if (!lasts(e)) {
        throw e;
      }
      addFault(folder, reason(e));
    }
    return new FileStatus[0];
  }

  private void addFault(Path path, String fault) {
    entries.add(new Entry(path, 0, 0, null, fault, null));
  }

  private static boolean isTaken(String name) {
    return !name.startsWith(".") && !name.startsWith("_");
  }

  /** Whether a failure is no passing one, on any file system. */
  static boolean lasts(IOException failure) {
    return failure instanceof FileNotFoundException
        || failure instanceof NoSuchFileException
        || failure instanceof AccessDeniedException;
  }

  /** What an exception says, without the name of the file. */
  static String reason(Exception failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    String text =
        failure instanceof FileSystemException named && named.getReason() != null
            ? named.getReason()
            : failure.getMessage();
    return text == null ? failure.getClass().getSimpleName() : text;
  }

  /** A path in one line, for a message. */
  static String shown(Path path) {
    return path.toString().replaceAll("\\p{Cntrl}", "?");
  }
}
