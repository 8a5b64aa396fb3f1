package io.sysmonflink.files;

import io.sysmonflink.decode.bytes.Utf16;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files in depth and cuts them into parts of one size, local files too, which Flink's own
 * enumerators leave whole. A file that is compressed or UTF-16 is one part, and so is one that
 * cannot be read: the reader of that part reports it.
 */
final class SizeSplittingEnumerator implements FileEnumerator {

  private static final Logger LOG = LoggerFactory.getLogger(SizeSplittingEnumerator.class);

  private final long splitSize;
  private int number;

  SizeSplittingEnumerator(long splitSize) {
    this.splitSize = splitSize;
  }

  @Override
  public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
      throws IOException {
    FileListing listing = FileListing.of(Arrays.asList(paths));
    if (!listing.repeated().isEmpty()) {
      LOG.info(
          "{} names lead to files or folders that have another name too, and are read once; the"
              + " first is {}",
          listing.repeated().size(),
          listing.repeated().get(0));
    }
    List<FileSourceSplit> splits = new ArrayList<>();
    for (FileListing.Entry file : listing.entries()) {
      if (file.size() <= splitSize || !canBeCut(file.path())) {
        splits.add(split(file, 0, file.size()));
        continue;
      }
      for (long offset = 0; offset < file.size(); offset += splitSize) {
        splits.add(split(file, offset, Math.min(splitSize, file.size() - offset)));
      }
    }
    return splits;
  }

  private FileSourceSplit split(FileListing.Entry file, long offset, long length)
      throws IOException {
    return new FileSourceSplit(
        ListedFile.splitId(++number, file),
        file.path(),
        offset,
        length,
        file.modified(),
        file.size(),
        hosts(file, offset, length));
  }

  private static boolean canBeCut(Path path) {
    if (Compression.of(path.getName()).isPresent()) {
      return false;
    }
    try (FSDataInputStream in = path.getFileSystem().open(path)) {
      return !Utf16.isIn(in);
    } catch (IOException e) {
      LOG.debug("{} cannot be looked at, and is not cut", path, e);
      return false;
    }
  }

  private static String[] hosts(FileListing.Entry file, long offset, long length)
      throws IOException {
    if (file.status() == null) {
      return new String[0];
    }
    BlockLocation[] blocks =
        file.path().getFileSystem().getFileBlockLocations(file.status(), offset, length);
    return blocks == null || blocks.length == 0 ? new String[0] : blocks[0].getHosts();
  }
}
