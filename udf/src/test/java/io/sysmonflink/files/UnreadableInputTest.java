package io.sysmonflink.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** What cannot be read costs nothing beside it, and is told. */
class UnreadableInputTest {

  @TempDir private Path folder;

  /**
   * Each line: the kind of entry, its name, and the reported reason; nothing where it can be read.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "link:nowhere  | dangling      | it is a link that leads nowhere",
        "link:looping  | looping       | Too many levels of symbolic links",
        "pipe          | pipe          | it is a named pipe, a socket or a device",
        "text:         | empty.gz      | it cannot be read further: Input is not in the .gz format",
        "text:x        | x.xz          | it cannot be read further: it ends too early",
        "text:nonsense | x.bz2         | it cannot be read further: Stream is not in the BZip2"
            + " format",
        "text:nonsense | x.zst         | it cannot be read further: Unknown frame descriptor",
        "text:nonsense | x.deflate     | it cannot be read further: ",
        "event         | with:colon    | ",
        "event         | 100%2F        | ",
        "event         | 'two words '  | ",
        "event         | ' blank'      | ",
        "event         | semi;colon    | ",
        "event         | line@feed     | ",
        "event         | bad@@byte     | its name is no text in UTF-8: rename it",
      })
  void anEntryOfAFolderCostsNothingBesideIt(String kind, String name, String reason)
      throws Exception {
    Files.writeString(folder.resolve("a.xml"), ReadFiles.event(1));
    Files.writeString(folder.resolve("z.xml"), ReadFiles.event(2));
    make(kind, name);

    ReadFiles read = ReadFiles.of(folder);

    if (reason == null) {
      assertThat(read.deadLetters).isEmpty();
      assertThat(read.ids).containsExactlyInAnyOrder(1L, 2L, 3L);
    } else {
      assertThat(read.ids).containsExactlyInAnyOrder(1L, 2L);
      assertThat(read.deadLetters).hasSize(1);
      assertThat(read.deadLetters.get(0)).startsWith("unreadable_file of ").contains(": " + reason);
      assertThat(read.records).as("the dead letter counts as one").isEqualTo(3);
      assertThatThrownBy(
              () -> {
                for (var split : ReadFiles.list(1 << 20, folder)) {
                  new ReadFiles(true).add(split);
                }
              })
          .as("by strict reading")
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot read file:" + folder + "/")
          .hasMessageContaining(reason.replaceFirst("it cannot be read further: *", ""));
    }
  }

  private void make(String kind, String name) throws Exception {
    boolean utf8 = "UTF-8".equals(System.getProperty("sun.jnu.encoding"));
    if (name.contains("@@")) {
      assumeTrue(utf8, "names are no UTF-8 here");
      // Java's own paths take any byte, by way of a URI.
      URI uri = URI.create(folder.toUri() + name.replace("@@", "%FF"));
      Files.writeString(Path.of(uri), ReadFiles.event(3));
      return;
    }
    Path file = folder.resolve(name.replace('@', '\n'));
    String text = kind.substring(kind.indexOf(':') + 1);
    if (kind.startsWith("link:")) {
      Files.createSymbolicLink(file, Path.of(text));
    } else if (kind.equals("pipe")) {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    } else {
      Files.writeString(file, kind.equals("event") ? ReadFiles.event(3) : text);
    }
  }

  /** A decompressor may keep to itself what it has got when it fails. */
  @Test
  void ofACutGzipFileAllThatCanBeInflatedIsRead() throws IOException {
    byte[] whole = compressed("x.gz", incompressible());
    for (int length = 1; length < whole.length; length += 131) {
      byte[] cut = Arrays.copyOf(whole, length);
      Path file = Files.write(folder.resolve("x.gz"), cut);

      ReadFiles read = ReadFiles.of(file);

      assertThat(read.bytes).as("cut to %d", length).isEqualTo(inflatable(cut));
      assertThat(read.deadLetters)
          .as("cut to %d", length)
          .filteredOn(one -> one.startsWith("unreadable_file"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"x.bz2", "x.xz", "x.gz"})
  void ofACutFileTheStreamsBeforeTheCutAreRead(String name) throws IOException {
    byte[] first = compressed(name, ReadFiles.events(3).getBytes(UTF_8));
    byte[] second = compressed(name, incompressible());
    byte[] both = Arrays.copyOf(first, first.length + second.length / 2);
    System.arraycopy(second, 0, both, first.length, second.length / 2);
    Path file = Files.write(folder.resolve(name), both);

    ReadFiles read = ReadFiles.of(file);

    assertThat(read.ids).as("%s", read.deadLetters).startsWith(1_000L, 1_001L, 1_002L);
    assertThat(read.deadLetters).last().asString().startsWith("unreadable_file of " + name);
  }

  @Test
  void ofACutZstandardFileTheBlocksBeforeTheCutAreRead() throws IOException {
    byte[] whole = compressed("x.zst", ReadFiles.events(10_000).getBytes(UTF_8));
    Path file = Files.write(folder.resolve("x.zst"), Arrays.copyOf(whole, whole.length - 100));

    ReadFiles read = ReadFiles.of(file);

    assertThat(read.ids).hasSizeGreaterThan(1_000);
    assertThat(read.deadLetters).last().asString().startsWith("unreadable_file of x.zst");
  }

  private static long inflatable(byte[] gzip) {
    long bytes = 0;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      while (in.read() >= 0) {
        bytes++;
      }
    } catch (IOException e) {
      // So far it goes.
    }
    return bytes;
  }

  private static byte[] incompressible() {
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 40; i++) {
      text.append(ReadFiles.event(random.nextInt(1_000_000_000)));
      text.append("{\"a\":\"").append(Long.toHexString(random.nextLong())).append("\"}\n");
    }
    return text.toString().getBytes(UTF_8);
  }

  private static byte[] compressed(String name, byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (name) {
          case "x.gz" -> new GZIPOutputStream(bytes);
          case "x.bz2" -> new BZip2CompressorOutputStream(bytes);
          case "x.xz" -> new XZOutputStream(bytes, new LZMA2Options());
          default -> new ZstdOutputStream(bytes);
        }) {
      out.write(text);
    }
    return bytes.toByteArray();
  }

  @Test
  void aFileThatManyNamesLeadToIsReadOnceByItsOwn() throws IOException {
    Path sub = Files.createDirectories(folder.resolve("sub"));
    Path file = Files.writeString(sub.resolve("z.xml"), ReadFiles.event(1));
    Files.createSymbolicLink(sub.resolve("a.xml"), file);
    Files.createLink(sub.resolve("zz.xml"), file);
    Files.createSymbolicLink(sub.resolve("up"), folder);
    Files.createSymbolicLink(folder.resolve("other"), sub);

    assertThat(ReadFiles.of(folder, sub, file, folder.resolve("other/a.xml")).ids)
        .containsExactly(1L);
    FileListing listing =
        FileListing.of(List.of(new org.apache.flink.core.fs.Path(folder.toUri())));
    assertThat(listing.repeated())
        .extracting(org.apache.flink.core.fs.Path::toString)
        .containsExactly(
            "file:" + sub + "/zz.xml",
            "file:" + sub + "/a.xml",
            "file:" + sub + "/up",
            "file:" + folder + "/other");
    assertThat(listing.entries())
        .extracting(entry -> entry.path().toString())
        .containsExactly("file:" + file);
    assertThat(listing.bytes()).isEqualTo(Files.size(file));
  }

  @Test
  void aNameThatIsGivenIsReadWhateverItBeginsWith() throws IOException {
    Path hidden = Files.createDirectories(folder.resolve("_old/.older"));
    Files.writeString(hidden.resolve("a.xml"), ReadFiles.event(1));
    Path named = Files.writeString(folder.resolve("_b.xml"), ReadFiles.event(2));
    Files.writeString(folder.resolve(".c.xml"), ReadFiles.event(3));
    Files.writeString(folder.resolve("d.xml"), ReadFiles.event(4));

    assertThat(ReadFiles.of(folder).ids).containsExactly(4L);
    assertThat(ReadFiles.of(folder, named, hidden).ids).containsExactlyInAnyOrder(1L, 2L, 4L);
  }
}
