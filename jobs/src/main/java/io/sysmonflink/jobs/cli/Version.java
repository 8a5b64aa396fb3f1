package io.sysmonflink.jobs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.flink.runtime.util.EnvironmentInformation;
import picocli.CommandLine.IVersionProvider;

/** The versions of the job and of the Flink it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/detect.properties")) {
      build.load(in);
    }
    return new String[] {
      "detect " + build.getProperty("version"), "Flink " + EnvironmentInformation.getVersion()
    };
  }
}
