package io.sysmonflink.jobs.pipeline;

import io.sysmonflink.jobs.catalog.SqlFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;

/** Runs SQL files: a SELECT becomes a view of the file's name, a CREATE TEMPORARY TABLE a table. */
final class SqlFileRunner {

  private final TableEnvironment env;
  private final Settings settings;

  SqlFileRunner(TableEnvironment env, Settings settings) {
    this.env = env;
    this.settings = settings;
  }

  /**
   * Makes the temporary view that a file's one SELECT stands for, out of its text: Flink merges it
   * into each query that reads it, so that the macro does not ask the source for every column there
   * is.
   */
  Table mergedView(SqlFile file) {
    String sql = settings.render(file);
    return guarded(
        file,
        () -> {
          Table table =
              env.sqlQuery(
                  sql); // for its columns, and for places in the file in what Flink complains of
          env.executeSql("CREATE TEMPORARY VIEW " + Sql.identifier(file.name()) + " AS\n" + sql);
          return table;
        });
  }

  /**
   * Makes the temporary view that a file's one SELECT stands for, out of its plan: Flink plans it
   * once, however many queries read it, so that a detection aggregates once.
   */
  Table sharedView(SqlFile file) {
    String sql = settings.render(file);
    return guarded(
        file,
        () -> {
          Table table = env.sqlQuery(sql);
          env.createTemporaryView(Sql.identifier(file.name()), table);
          return table;
        });
  }

  /**
   * The same of a file's SELECT in another form.
   *
   * @param sql that form; where it does not work, the file's own text must be planned
   * @return what it gives; nothing where Flink does not take it
   */
  Optional<Table> sharedView(String view, String sql) {
    try {
      Table table = env.sqlQuery(sql);
      env.createTemporaryView(Sql.identifier(view), table);
      return Optional.of(table);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** A file's text with its keys replaced. */
  String text(SqlFile file) {
    return settings.render(file);
  }

  /**
   * What a file's one SELECT gives.
   *
   * @param values of keys that hold for this file only
   */
  Table query(SqlFile file, Map<String, String> values) {
    String sql = settings.render(file, values);
    return guarded(file, () -> env.sqlQuery(sql));
  }

  /**
   * Reads a file's one CREATE TEMPORARY TABLE without running it.
   *
   * @param table the name it must give the table
   */
  CreateTableOperation table(SqlFile file, String table, Map<String, String> values) {
    String sql = settings.render(file, values);
    List<Operation> operations =
        guarded(file, () -> ((TableEnvironmentInternal) env).getParser().parse(sql));
    if (operations.size() == 1
        && operations.get(0) instanceof CreateTableOperation create
        && create.isTemporary()
        && create.getTableIdentifier().getObjectName().equals(table)) {
      return create;
    }
    throw file.error("must hold one statement, CREATE TEMPORARY TABLE " + table);
  }

  /**
   * Creates a table that a file declares.
   *
   * @param options the table's options
   */
  void create(SqlFile file, CreateTableOperation table, Map<String, String> options) {
    CreateTableOperation changed =
        new CreateTableOperation(
            table.getTableIdentifier(), table.getCatalogTable().copy(options), false, true);
    guarded(file, () -> ((TableEnvironmentInternal) env).executeInternal(changed));
  }

  /** Finds a source's wrong options now, and not when a view reads from it. */
  void checkReadable(SqlFile file, String table) {
    guarded(file, () -> env.sqlQuery("SELECT 1 FROM " + Sql.identifier(table)));
  }

  private interface Step<T> {
    T run();
  }

  private static <T> T guarded(SqlFile file, Step<T> step) {
    try {
      return step.run();
    } catch (SqlParserException
        | ValidationException
        | TableException
        | IllegalArgumentException e) {
      throw SqlErrors.isTooDeep(e) ? file.tooDeep(e) : SqlErrors.inFile(file, e);
    } catch (StackOverflowError e) {
      throw file.tooDeep(e);
    } catch (RuntimeException e) {
      // So Calcite begins where a conversion failed; the whole expression follows.
      if (SqlErrors.isTooDeep(e)) {
        throw file.tooDeep(e);
      } else if (String.valueOf(e.getMessage()).startsWith("while converting")) {
        throw SqlErrors.inFile(file, e);
      }
      throw e;
    }
  }
}
