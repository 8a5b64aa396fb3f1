package io.sysmonflink.jobs.sql;

import java.util.Locale;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.flink.sql.parser.impl.FlinkSqlParserImpl;
import org.apache.flink.sql.parser.validate.FlinkSqlConformance;

/**
 * Flink's parser, set up as Flink's planner sets it up, and its way to write SQL.
 *
 * <p>Under {@code ./detect} it is the planner's own. A cluster hides that from jobs, so the job's
 * jar has the parser under another name, which clashes with no other.
 */
final class FlinkParser {

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(FlinkSqlParserImpl.FACTORY)
          .withConformance(FlinkSqlConformance.DEFAULT)
          .withLex(Lex.JAVA)
          .withIdentifierMaxLength(256);

  /** How a syntax tree is written as SQL that Flink reads. */
  static final SqlDialect DIALECT = new Dialect();

  // Calcite would write a text with an umlaut as u&'...', and leave the backslashes in it alone.
  private static final class Dialect extends CalciteSqlDialect {

    Dialect() {
      super(
          SqlDialect.EMPTY_CONTEXT
              .withConformance(CONFIG.conformance())
              .withIdentifierQuoteString(CONFIG.quoting().string)
              .withQuotedCasing(CONFIG.quotedCasing())
              .withUnquotedCasing(CONFIG.unquotedCasing()));
    }

    @Override
    public void quoteStringLiteral(StringBuilder sql, String charset, String text) {
      sql.append('\'').append(text.replace("'", "''")).append('\'');
    }
  }

  private FlinkParser() {}

  /** A parser of an SQL text. */
  static SqlParser of(String sql) {
    return SqlParser.create(sql, CONFIG);
  }

  /** Reads a text that is one expression. */
  static SqlNode expression(String sql) throws SqlParseException {
    return of(sql).parseExpression();
  }

  /** Whether a word can be a name only in backticks. */
  static boolean isReserved(String word) {
    return Reserved.WORDS.isReservedWord(word.toUpperCase(Locale.ROOT));
  }

  // Listing them takes a while, and only writing SQL needs it.
  private static final class Reserved {
    static final SqlAbstractParserImpl.Metadata WORDS = of("").getMetadata();
  }
}
