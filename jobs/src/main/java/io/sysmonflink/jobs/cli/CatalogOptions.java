package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.SqlFiles;
import io.sysmonflink.jobs.catalog.UserError;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Where the SQL files come from. */
final class CatalogOptions {

  @Option(
      names = "--sql",
      paramLabel = "DIR",
      description =
          "Your own SQL and YAML files, in a folder laid out like the bundled sql/: each adds a file or replaces one.")
  private Path folder;

  Catalog load() {
    return Catalog.load(
        files(
            error -> {
              throw error;
            }));
  }

  /**
   * The files that are in place.
   *
   * @param errors takes each of the others
   */
  SqlFiles files(Consumer<UserError> errors) {
    SqlFiles bundled = SqlFiles.bundled();
    return folder == null ? bundled : bundled.overlay(folder, errors);
  }
}
