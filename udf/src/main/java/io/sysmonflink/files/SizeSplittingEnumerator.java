package io.sysmonflink.files;

import java.io.IOException;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.compression.StandardDeCompressors;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;

/**
 * Finds files in depth and cuts them into parts of one size, local files too, which Flink's own
 * enumerators leave whole. A compressed file is one part.
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
    boolean compressed =
        StandardDeCompressors.getDecompressorForFileName(file.getPath().getName()) != null;
    if (compressed || fileSize <= splitSize) {
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

  private static String[] hosts(BlockLocation[] blocks) throws IOException {
    return blocks == null || blocks.length == 0 ? new String[0] : blocks[0].getHosts();
  }
}
