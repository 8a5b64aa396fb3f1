package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL file with {@code ${key}} in it. A key may stand only inside a literal {@code '...'} or a
 * quoted identifier {@code `...`}, and its value is put there with the quotes doubled: whatever the
 * value holds, it stays data. A key in a comment is left alone.
 */
public final class SqlTemplate {

  private static final Pattern KEY = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final SqlFile file;
  private final List<Place> places = new ArrayList<>();

  /** A key, where it starts and ends, and the quote it stands in. */
  private record Place(String key, int start, int end, char quote) {}

  /**
   * Reads a file.
   *
   * @throws UserError if a key stands outside quotes, or in a literal that gives backslashes a
   *     meaning
   */
  public SqlTemplate(SqlFile file) {
    this.file = file;
    List<SqlText.Piece> pieces = SqlText.pieces(file.text());
    Matcher matcher = KEY.matcher(file.text());
    while (matcher.find()) {
      Optional<SqlText.Piece> piece = pieceAt(pieces, matcher.start());
      if (piece.filter(SqlText.Piece::comment).isEmpty()) {
        char quote = piece.map(quoted -> quoted.text().charAt(0)).orElse(' ');
        if (quote != '\'' && quote != '`') {
          throw file.errorAt(
              SqlText.lineOf(file.text(), matcher.start()),
              matcher.group() + " may stand only inside '...' or `...`");
        }
        places.add(new Place(matcher.group(1), matcher.start(), matcher.end(), quote));
      }
    }
  }

  /** The keys it has. */
  public SortedSet<String> keys() {
    SortedSet<String> keys = new TreeSet<>();
    places.forEach(place -> keys.add(place.key));
    return keys;
  }

  /**
   * The SQL with every key replaced.
   *
   * @throws UserError if a key has no value
   */
  public String render(Map<String, String> values) {
    StringBuilder sql = new StringBuilder();
    int done = 0;
    for (Place place : places) {
      String value = values.get(place.key);
      if (value == null) {
        throw file.errorAt(
            SqlText.lineOf(file.text(), place.start),
            "${" + place.key + "} has no value: give " + option(place.key));
      }
      String quote = String.valueOf(place.quote);
      sql.append(file.text(), done, place.start).append(value.replace(quote, quote + quote));
      done = place.end;
    }
    return sql.append(file.text(), done, file.text().length()).toString();
  }

  // These come from options of their own.
  private static String option(String key) {
    return Set.of("input", "output", "brokers", "topic").contains(key)
        ? "--" + key
        : "--set " + key + "=VALUE";
  }

  private static Optional<SqlText.Piece> pieceAt(List<SqlText.Piece> pieces, int place) {
    return pieces.stream()
        .filter(piece -> piece.start() <= place && place < piece.end())
        .findFirst();
  }
}
