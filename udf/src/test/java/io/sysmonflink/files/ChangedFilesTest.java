package io.sysmonflink.files;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not the same when they are read as when they were listed. */
class ChangedFilesTest {

  private static final int EVENTS = 40;
  private static final int SMALL_PARTS = 700;

  /** What may become of a log. */
  private enum Change {
    TRUNCATED("it shrank from") {
      @Override
      void happenTo(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
          file.truncate(100);
        }
      }
    },
    EMPTIED("it shrank from") {
      @Override
      void happenTo(Path log) throws IOException {
        Files.newOutputStream(log).close();
      }
    },
    RENAMED_AND_MADE_ANEW("another file has taken its place") {
      @Override
      void happenTo(Path log) throws IOException {
        byte[] same = Files.readAllBytes(log);
        FileTime time = Files.getLastModifiedTime(log);
        Files.move(log, log.resolveSibling("x.log." + System.nanoTime()));
        Files.write(log, same);
        Files.setLastModifiedTime(log, time);
      }
    },
    REPLACED_BY_A_LARGER_ONE("another file has taken its place") {
      @Override
      void happenTo(Path log) throws IOException {
        Path other = Files.writeString(log.resolveSibling("y"), ReadFiles.events(2 * EVENTS));
        Files.move(other, log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    },
    WRITTEN_OVER("it was written over") {
      @Override
      void happenTo(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
          file.write(java.nio.ByteBuffer.wrap("<Other>".getBytes(UTF_8)));
        }
        Files.setLastModifiedTime(log, FileTime.fromMillis(0));
      }
    },
    DELETED("it was deleted, renamed or locked") {
      @Override
      void happenTo(Path log) throws IOException {
        Files.delete(log);
      }
    };

    private final String expected;

    Change(String expected) {
      this.expected = expected;
    }

    abstract void happenTo(Path log) throws IOException;
  }

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Change.class)
  void aFileThatChangesBeforeItIsReadIsTold(Change change) throws IOException {
    for (long splitSize : List.of(1L << 20, (long) SMALL_PARTS)) {
      Path log = Files.writeString(folder.resolve("x.log"), ReadFiles.events(EVENTS));
      var splits = ReadFiles.list(splitSize, log);
      change.happenTo(log);
      ReadFiles read = new ReadFiles(false);
      for (FileSourceSplit split : splits) {
        read.add(split);
      }
      assertThat(read.deadLetters)
          .filteredOn(one -> one.startsWith("changed_file of x.log: " + change.expected))
          .as("%s, by each part of %s", read.deadLetters, splitSize)
          .hasSameSizeAs(splits);
      assertThat(read.appended).isZero();
      Files.deleteIfExists(log);
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void aFileThatChangesWhileItIsReadIsTold(Change change) throws IOException {
    Path log = Files.writeString(folder.resolve("x.log"), ReadFiles.events(EVENTS));
    ReadFiles read = new ReadFiles(false);
    List<BulkFormat.Reader<RowData>> readers = new ArrayList<>();
    for (FileSourceSplit split : ReadFiles.list(SMALL_PARTS, log)) {
      readers.add(read.open(split));
    }
    change.happenTo(log);
    for (BulkFormat.Reader<RowData> reader : readers) {
      read.rest(reader);
    }
    assertThat(read.deadLetters)
        .filteredOn(one -> one.startsWith("changed_file of x.log: " + change.expected))
        .as("%s", read.deadLetters)
        .hasSameSizeAs(readers);
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void byStrictReadingItIsAFailureThatNamesTheFile(Change change) throws IOException {
    Path log = Files.writeString(folder.resolve("x.log"), ReadFiles.events(EVENTS));
    var split = ReadFiles.list(1 << 20, log).iterator().next();
    change.happenTo(log);
    assertThatThrownBy(() -> new ReadFiles(true).add(split))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot read file:" + log + ": ");
  }

  /** Copied and truncated, and written on until it is as long as it was. */
  @Test
  void aFileThatWasShorterForAWhileIsTold() throws IOException {
    Path log = Files.writeString(folder.resolve("x.log"), ReadFiles.events(EVENTS));
    FileTime time = Files.getLastModifiedTime(log);
    long size = Files.size(log);
    var split = ReadFiles.list(1 << 20, log).iterator().next();
    Change.TRUNCATED.happenTo(log);
    ReadFiles read = new ReadFiles(false);
    var reader = read.open(split);
    try (FileChannel file = FileChannel.open(log, APPEND)) {
      file.write(java.nio.ByteBuffer.allocate((int) size - 100));
    }
    Files.setLastModifiedTime(log, time);
    read.rest(reader);
    assertThat(read.deadLetters).contains("changed_file of x.log: it was shorter for a while");
  }

  /** Also in the middle of an event: its rest is not there when the file is listed. */
  @ParameterizedTest
  @CsvSource({"UTF-8, 1000000, 0", "UTF-8, 700, 0", "UTF-8, 700, 40", "UTF-16LE, 700, 0"})
  void whatIsAppendedIsNotReadAndItsBytesAreTold(String charset, long splitSize, int cut)
      throws IOException {
    byte[] all =
        ((charset.equals("UTF-8") ? "" : "\uFEFF") + ReadFiles.events(EVENTS)).getBytes(charset);
    Path log = folder.resolve("x.log");
    Files.write(log, java.util.Arrays.copyOf(all, all.length - cut));
    var splits = ReadFiles.list(splitSize, log);
    byte[] more = ReadFiles.events(30).getBytes(charset.equals("UTF-8") ? UTF_8 : UTF_16LE);
    Files.write(log, java.util.Arrays.copyOfRange(all, all.length - cut, all.length), APPEND);
    Files.write(log, more, APPEND);

    ReadFiles read = new ReadFiles(false);
    for (FileSourceSplit split : splits) {
      read.add(split);
    }

    assertThat(read.appended).isEqualTo(cut + more.length);
    assertThat(read.ids).hasSize(cut == 0 ? EVENTS : EVENTS - 1).doesNotHaveDuplicates();
    assertThat(read.deadLetters).hasSize(cut == 0 ? 0 : 1).noneMatch(one -> one.contains("_file"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMemberThatIsAppendedToACompressedFileIsNotRead(boolean whole) throws IOException {
    Path log = folder.resolve("x.log.gz");
    byte[] first = gzip(ReadFiles.events(EVENTS));
    Files.write(log, whole ? first : java.util.Arrays.copyOf(first, first.length - 20));
    var split = ReadFiles.list(1 << 20, log).iterator().next();
    Files.write(log, gzip(ReadFiles.events(5)), APPEND);

    ReadFiles read = new ReadFiles(false);
    read.add(split);

    if (whole) {
      assertThat(read.appended).isPositive();
      assertThat(read.deadLetters).isEmpty();
      assertThat(read.ids).hasSize(EVENTS);
    } else {
      assertThat(read.deadLetters)
          .contains("unreadable_file of x.log.gz: it cannot be read further: it ends too early");
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Times in milliseconds, as a store lists an object and as it gives them for one object. */
  @ParameterizedTest
  @CsvSource({
    "1700000000123, 1700000000123, false",
    "1700000000123, 1700000000000, false",
    "1700000000000, 1700000000123, false",
    "1700000000123, 1700000000124, true",
    "1700000000999, 1700000001000, true",
    "1700000001000, 1700000000999, true",
    "1700000000000, 1700000001000, true",
    "0, 1700000000123, false",
  })
  void aStoreMayGiveWholeSecondsForOneObject(long listed, long now, boolean later) {
    assertThat(ListedFile.isLater(listed, now)).isEqualTo(later);
  }
}
