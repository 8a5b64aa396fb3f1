package io.sysmonflink.files;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How a file is compressed, by the end of its name. All but deflate may consist of several streams,
 * one after the other, as parallel compressors write them; Flink's own factories read only the
 * first one of some, and find the libraries for others only in a cluster's {@code lib/}.
 */
enum Compression {
  GZIP,
  BZIP2,
  XZ,
  ZSTANDARD,
  DEFLATE;

  private static final int BUFFER = 64 * 1024;

  /** {@code xz -9} needs half of it; a file may ask for 4 GiB. */
  private static final int XZ_MEMORY_LIMIT_KIB = 128 * 1024;

  /** The compression of a file of this name, if any. */
  static Optional<Compression> of(String fileName) {
    String ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "gz", "gzip" -> Optional.of(GZIP);
      case "bz2" -> Optional.of(BZIP2);
      case "xz" -> Optional.of(XZ);
      case "zst", "zstd" -> Optional.of(ZSTANDARD);
      case "deflate" -> Optional.of(DEFLATE);
      default -> Optional.empty();
    };
  }

  /**
   * The text of a file that is known to be damaged, up to the damage. What reads gzip else takes an
   * inflater that wants input for one that has no more output, and this takes garbage for the end.
   */
  InputStream decompressDamaged(InputStream file) throws IOException {
    return this == GZIP
        ? new GZIPInputStream(new BufferedInputStream(new NeverAtItsEnd(file), BUFFER), BUFFER)
        : decompress(file);
  }

  /** Java looks for a further stream only where more bytes are said to be there. */
  private static final class NeverAtItsEnd extends FilterInputStream {

    NeverAtItsEnd(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  /** The text of a file. */
  InputStream decompress(InputStream file) throws IOException {
    InputStream in = new BufferedInputStream(file, BUFFER);
    return switch (this) {
      case GZIP -> new GzipCompressorInputStream(in, true);
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case XZ -> new XZInputStream(in, XZ_MEMORY_LIMIT_KIB);
      case ZSTANDARD -> new ZstdInputStream(in);
      case DEFLATE -> new InflaterInputStream(in);
    };
  }
}
