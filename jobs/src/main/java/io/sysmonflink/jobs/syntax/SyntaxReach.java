package io.sysmonflink.jobs.syntax;

import io.sysmonflink.jobs.catalog.UserError;

/** Tells whether Flink's parser can be reached, and does not itself need it. */
public final class SyntaxReach {

  private SyntaxReach() {}

  /**
   * To be called before anything else of this package is.
   *
   * @param command what needs the parser
   * @throws UserError if it is out of reach, as on a cluster
   */
  public static void require(String command) {
    try {
      Class.forName("org.apache.calcite.sql.parser.SqlParser", false, loader());
    } catch (ClassNotFoundException e) {
      throw new UserError(
          command
              + ": needs Flink's SQL parser, which a cluster hides from jobs: run it with ./detect",
          e);
    }
  }

  private static ClassLoader loader() {
    return SyntaxReach.class.getClassLoader();
  }
}
