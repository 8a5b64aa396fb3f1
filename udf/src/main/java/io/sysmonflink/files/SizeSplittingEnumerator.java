package io.sysmonflink.files;

import io.sysmonflink.format.Utf16;
import java.io.IOException;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Finds files in depth and cuts them into parts of one size, local files too, which Flink's own
 * enumerators leave whole. A file that is compressed or UTF-16 is one part.
 */
final class SizeSplittingEnumerator extends NonSplittingRecursiveEnumerator {

  private final long splitSize;

  SizeSplittingEnumerator(long splitSize) {
    this.splitSize = splitSize;
  }

  @Override
  protected void convertToSourceSplits(FileStatus file, FileSystem fs, List<FileSourceSplit> target)
      throws IOException {
    long fileSize = file.getLen();
    if (fileSize <= splitSize || !canBeCut(file.getPath(), fs)) {
      super.convertToSourceSplits(file, fs, target);
      return;
    }
    for (long offset = 0; offset < fileSize; offset += splitSize) {
      long length = Math.min(splitSize, fileSize - offset);
      target.add(
          new FileSourceSplit(
              getNextId(),
              file.getPath(),
              offset,
              length,
              file.getModificationTime(),
              fileSize,
              hosts(fs.getFileBlockLocations(file, offset, length))));
    }
  }

  private static boolean canBeCut(Path path, FileSystem fs) throws IOException {
    if (Compression.of(path.getName()).isPresent()) {
      return false;
    }
    try (FSDataInputStream in = fs.open(path)) {
      return !Utf16.isIn(in);
    } catch (IOException e) {
      throw SplitReader.unreadable(path, e);
    }
  }

  private static String[] hosts(BlockLocation[] blocks) throws IOException {
    return blocks == null || blocks.length == 0 ? new String[0] : blocks[0].getHosts();
  }
}
