package io.sysmonflink.jobs.catalog;

import io.sysmonflink.jobs.catalog.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    List<SqlToken> tokens = SqlToken.of(file.text());
    Matcher matcher = KEY.matcher(file.text());
    while (matcher.find()) {
      SqlToken token = tokenAt(tokens, matcher.start());
      if (token.kind() != Kind.COMMENT) {
        char quote = token.text().charAt(0);
        if (quote != '\'' && quote != '`') {
          throw file.errorAt(
              SqlToken.lineOf(file.text(), matcher.start()),
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
            SqlToken.lineOf(file.text(), place.start),
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

  private static SqlToken tokenAt(List<SqlToken> tokens, int place) {
    return tokens.stream()
        .filter(token -> token.start() <= place && place < token.start() + token.text().length())
        .findFirst()
        .orElseThrow();
  }
}
