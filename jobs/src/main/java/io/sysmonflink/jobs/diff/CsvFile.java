package io.sysmonflink.jobs.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.sysmonflink.jobs.catalog.UserError;
import io.sysmonflink.jobs.report.TextTable;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A CSV file with a header, read row by row: RFC 4180, UTF-8 with or without a byte order mark,
 * lines that end in LF or CRLF; blank lines are skipped. Not thread-safe.
 *
 * <p>Every method that reads throws {@link UserError} where the file is no such CSV; the message
 * names the file, the line on which the row begins, and the column.
 */
final class CsvFile implements AutoCloseable {

  /** Characters in one value. */
  static final int MAX_VALUE = 10 << 20;

  static final int MAX_COLUMNS = 1_000;

  /** Characters of the file's own text in a message. */
  static final int SHOWN = 300;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_VALUE).build())
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .build();

  private final Path file;
  private final CsvParser parser;
  private final List<String> header;
  private long line = 1;

  private CsvFile(Path file, CsvParser parser) throws IOException {
    this.file = file;
    this.parser = parser;
    parser.nextToken(); // the array of rows
    this.header = row(List.of(), MAX_COLUMNS).orElseThrow(this::noHeader);
    if (header.size() == 1 && header.get(0).isBlank()) {
      throw noHeader();
    }
  }

  /** Opens the file and reads its header. */
  static CsvFile open(Path file) {
    try {
      CsvParser parser = CSV.createParser(Files.newInputStream(file));
      try {
        return new CsvFile(file, parser);
      } catch (RuntimeException | IOException e) {
        parser.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": no such file", e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  Path file() {
    return file;
  }

  /** The names of the columns, as they stand. */
  List<String> header() {
    return header;
  }

  /** The next row, as many values as the header has; empty after the last. */
  Optional<List<String>> next() {
    try {
      Optional<List<String>> row = row(header, header.size());
      while (row.isPresent() && isBlank(row.get())) {
        row = row(header, header.size());
      }
      if (row.isPresent() && row.get().size() < header.size()) {
        throw error(
            header.get(row.get().size()),
            "is missing: expected %d values, as the header has, and found %d"
                .formatted(header.size(), row.get().size()));
      }
      return row;
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean isBlank(List<String> row) {
    return row.size() == 1 && header.size() > 1 && row.get(0).isBlank();
  }

  /** The line on which the last row begins, from 1. */
  long line() {
    return line;
  }

  /** What to throw where a value of the last row is not as it must be. */
  UserError error(String column, String what) {
    return new UserError(
        "%s: line %d, column %s: %s"
            .formatted(file, line, TextTable.shortened(column, SHOWN), what));
  }

  private UserError noHeader() {
    return new UserError(
        file + ": line 1: expected a header with the names of the columns, and found none");
  }

  private Optional<List<String>> row(List<String> names, int most) throws IOException {
    List<String> values = new ArrayList<>();
    try {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      line = parser.currentLocation().getLineNr();
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        if (values.size() == most) {
          throw error(
              String.valueOf(most + 1), "expected the line to end after %d values".formatted(most));
        }
        values.add(parser.getText());
      }
      return Optional.of(values);
    } catch (StreamConstraintsException e) {
      throw error(
          column(names, values),
          "a value is longer than %,d characters: expected its closing quote".formatted(MAX_VALUE));
    } catch (JsonParseException e) {
      throw error(column(names, values), "is not CSV: " + e.getOriginalMessage());
    } catch (CharConversionException e) {
      line = firstLineNotUtf8();
      throw new UserError("%s: line %d: expected text in UTF-8".formatted(file, line), e);
    }
  }

  private static String column(List<String> names, List<String> before) {
    return before.size() < names.size()
        ? names.get(before.size())
        : String.valueOf(before.size() + 1);
  }

  // The parser reads ahead of the row it is at, so find the line anew. A reader asked for single
  // characters gives all those before the bad one.
  private long firstLineNotUtf8() throws IOException {
    long lines = 1;
    try (Reader reader = new InputStreamReader(Files.newInputStream(file), UTF_8.newDecoder())) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        lines += c == '\n' ? 1 : 0;
      }
    } catch (CharacterCodingException e) {
      return lines;
    }
    return line;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }
}
