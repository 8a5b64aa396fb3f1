package io.sysmonflink.decode.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What looks at eight bytes at a time finds what a look at each byte finds. */
class ByteScanTest {

  @Provide
  static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
  }

  /** What matters, its neighbours, and what makes a borrow. */
  @Provide
  static Arbitrary<byte[]> telling() {
    return Arbitraries.of(
            (byte) 'a',
            (byte) '"',
            (byte) '\\',
            (byte) '<',
            (byte) '>',
            (byte) '=',
            (byte) '&',
            (byte) 0,
            (byte) 1,
            (byte) 0x1F,
            (byte) ' ',
            (byte) '!',
            (byte) 0x7F,
            (byte) 0x80,
            (byte) 0x9F,
            (byte) 0xEE,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0xFF)
        .array(byte[].class)
        .ofMaxSize(40);
  }

  @Property(tries = 2000)
  void findsWhatALookAtEachByteFinds(
      @ForAll("telling") byte[] telling,
      @ForAll("bytes") byte[] any,
      @ForAll @IntRange(max = 9) int from) {
    for (byte[] b : new byte[][] {telling, any}) {
      int start = Math.min(from, b.length);
      assertThat(ByteScan.notAscii(b, start, b.length)).isEqualTo(first(b, start, c -> c < 0));
      assertThat(ByteScan.jsonSpecial(b, start, b.length))
          .isEqualTo(first(b, start, ByteScan::isJsonSpecial));
      assertThat(ByteScan.xmlSpecial(b, start, b.length))
          .isEqualTo(first(b, start, ByteScan::isXmlSpecial));
      for (byte quote : new byte[] {'"', '\''}) {
        assertThat(ByteScan.xmlQuoted(b, start, b.length, quote))
            .isEqualTo(first(b, start, c -> c == quote || ByteScan.isXmlSpecial(c)));
        assertThat(ByteScan.indexOf(quote, b, start, b.length))
            .isEqualTo(first(b, start, c -> c == quote));
      }
      byte[] token = Arrays.copyOfRange(b, start, b.length);
      assertThat(ByteScan.startsWith(b, start, b.length, token)).isTrue();
      assertThat(ByteScan.startsWith(b, start, b.length - 1, token)).isFalse();
      for (int i = 0; i < token.length; i++) {
        token[i] ^= 0x40;
        assertThat(ByteScan.startsWith(b, start, b.length, token)).isFalse();
        token[i] ^= 0x40;
      }
    }
  }

  private interface Test {
    boolean of(byte c);
  }

  private static int first(byte[] b, int from, Test test) {
    int i = from;
    while (i < b.length && !test.of(b[i])) {
      i++;
    }
    return i;
  }

  @Example
  void aValueThatComesAgainAndAgainIsMadeOnce() {
    ValueCache cache = new ValueCache();
    for (String text : new String[] {"a", "host-1.example.com", "x".repeat(160)}) {
      byte[] b = ("-" + text + "-").getBytes(UTF_8);
      cache.text(b, 1, b.length - 1);
      var known = cache.text(b, 1, b.length - 1);
      assertThat(known).hasToString(text);
      assertThat(cache.text(b, 1, b.length - 1)).isSameAs(known);
    }
    assertThat(cache.text(new byte[0], 0, 0)).isNull();
  }

  @Property(tries = 200)
  void noValueIsTakenForAnother(@ForAll("telling") byte[] one, @ForAll("telling") byte[] other) {
    ValueCache cache = new ValueCache();
    for (int i = 0; i < 3; i++) {
      for (byte[] b : new byte[][] {one, other}) {
        if (b.length > 0) {
          assertThat(cache.text(b, 0, b.length).toBytes()).isEqualTo(b);
        }
      }
    }
  }
}
