package io.sysmonflink.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sysmonflink.jobs.DetectRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink shows all options of a table that is wrong. */
class SecretsTest {

  private static final String SECRET = "-----BEGIN OF WHAT NOBODY MAY SEE-----";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ssl.keystore.key", "sasl.jaas.config", "ssl.key.password", "x"})
  void noPropertyOfTheClientIsShown(String property) throws IOException {
    Path file = folder.resolve("client.properties");
    Files.writeString(file, property + "=" + SECRET + " of the file\n");
    for (List<String> given :
        List.of(
            List.of("--kafka-properties", file.toString()),
            List.of("--set", "properties." + property + "=" + SECRET + "\nand more"))) {
      List<String> arguments = new ArrayList<>(List.of("live", "-v", "--sql", wrongSource()));
      arguments.addAll(List.of("--brokers", "localhost:1", "--topic", "t"));
      arguments.addAll(given);

      DetectRun run = DetectRun.of(arguments.toArray(String[]::new));

      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err())
          .contains("no-such-option", "'properties.bootstrap.servers'='localhost:1'", property)
          .doesNotContain("NOBODY");
      assertThat(run.out()).isEmpty();
    }
  }

  private String wrongSource() throws IOException {
    try (InputStream in = SecretsTest.class.getResourceAsStream("/sql/sources/kafka.sql")) {
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = folder.resolve("sql/sources/kafka.sql");
      Files.createDirectories(file.getParent());
      Files.writeString(file, sql.replace("WITH (", "WITH ('no-such-option' = 'x',"));
    }
    return folder.resolve("sql").toString();
  }
}
