package io.sysmonflink.jobs.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Describes the first bytes of a file for a person: as text or in hexadecimal, with the kind of
 * file.
 */
public final class FirstBytes {

  private static final int MAX_TEXT = 60;
  private static final int MAX_BYTES = 16;

  /** Files that are often taken for logs. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "456c6646696c6500", "a binary .evtx log: export it with wevtutil or evtx_dump",
          "1f8b", "gzip: give it the ending .gz",
          "28b52ffd", "zstd: give it the ending .zst",
          "fd377a585a00", "xz: give it the ending .xz",
          "425a68", "bzip2: give it the ending .bz2",
          "504b0304", "a zip archive: unpack it",
          "50415231", "Parquet",
          "4f626a01", "Avro");

  private FirstBytes() {}

  /** The first bytes of what a file or record holds. */
  public static String describe(byte[] payload) {
    String hex = HexFormat.of().formatHex(payload, 0, Math.min(payload.length, MAX_BYTES));
    for (var known : KNOWN.entrySet()) {
      if (hex.startsWith(known.getKey())) {
        return hex + " (" + known.getValue() + ")";
      }
    }
    String text = text(payload);
    return text == null ? hex : "'" + text + "'";
  }

  /** Null where the bytes are no text. */
  private static String text(byte[] payload) {
    // A character that is cut in two here is no reason to call it binary.
    int maxCut = payload.length > MAX_TEXT ? 3 : 0;
    for (int cut = 0; cut <= maxCut; cut++) {
      byte[] first = Arrays.copyOf(payload, Math.min(payload.length, MAX_TEXT) - cut);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(first)).toString();
        return text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t')
            ? null
            : text.replaceAll("[\\n\\r\\t]+", " ");
      } catch (CharacterCodingException e) {
        // Try without the last byte.
      }
    }
    return null;
  }
}
