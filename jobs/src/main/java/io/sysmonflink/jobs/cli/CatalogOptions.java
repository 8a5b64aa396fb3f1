package io.sysmonflink.jobs.cli;

import io.sysmonflink.jobs.catalog.Catalog;
import io.sysmonflink.jobs.catalog.SqlFiles;
import java.nio.file.Path;
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
    SqlFiles bundled = SqlFiles.bundled();
    return Catalog.load(folder == null ? bundled : bundled.overlay(folder));
  }
}
