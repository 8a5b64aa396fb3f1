package io.sysmonflink.jobs.check;

import io.sysmonflink.jobs.catalog.Place;
import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;

/** Looks for one kind of slip in SQL that Flink itself would run. */
interface Lint {

  /**
   * A file and its syntax tree.
   *
   * @param file its text as it stands, keys and all
   */
  record Parsed(SqlFile file, SqlNode statement) {

    Place place(SqlNode node) {
      return file.place(node);
    }

    /** Whether the file is right in this folder of the layout. */
    boolean isIn(String folder) {
      return file.path().startsWith(folder + "/");
    }
  }

  /** Hands over what it finds in a file. */
  void check(Parsed sql, Consumer<Finding> findings);
}
