package io.sysmonflink.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** deploy/docker: what its files name is there. Nothing is built or started. */
class DockerTest {

  private static final Path ROOT = DeployFiles.path("docker");
  private static final Pattern COPIED = Pattern.compile("(?m)^COPY --chown=\\S+ (\\S+) ");

  @Test
  void everyMountedFileIsThere() throws IOException {
    List<String> mounted = new ArrayList<>();
    for (JsonNode service : compose().required("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.textValue().split(":", 2)[0];
        if (source.startsWith(".")) {
          mounted.add(source);
          assertThat(ROOT.resolve(source)).exists();
        }
      }
    }
    assertThat(mounted).hasSizeGreaterThan(4);
  }

  @Test
  void everyCopiedFileIsThereAndNotIgnored() throws IOException {
    Path project = DeployFiles.path("..");
    String ignored = DeployFiles.text(ROOT.resolve("Dockerfile.dockerignore"));
    Matcher copied = COPIED.matcher(DeployFiles.text(ROOT.resolve("Dockerfile")));
    int files = 0;
    while (copied.find()) {
      files++;
      String file = copied.group(1);
      assertThat(ignored).contains("\n!" + file + "\n");
      if (!file.contains("/target/")) {
        assertThat(project.resolve(file)).exists();
      }
    }
    assertThat(files).isEqualTo(3);
  }

  /** What is tried in the build is what runs in the image, and beside it. */
  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    String pom = DeployFiles.text(DeployFiles.path("../pom.xml"));
    String flink = property(pom, "flink.version");
    assertThat(DeployFiles.text(ROOT.resolve("Dockerfile")))
        .contains("FLINK_IMAGE=flink:" + flink + "-java")
        .contains("flink-s3-fs-hadoop-" + flink + ".jar");
    assertThat(compose().at("/services/kafka/image").textValue())
        .isEqualTo("apache/kafka:" + property(pom, "kafka.version"));
  }

  private static String property(String pom, String name) {
    Matcher value = Pattern.compile("<%s>(.*)</%1$s>".formatted(name)).matcher(pom);
    assertThat(value.find()).as(name).isTrue();
    return value.group(1);
  }

  private static JsonNode compose() throws IOException {
    return Manifests.objects(DeployFiles.text(ROOT.resolve("compose.yaml"))).get(0);
  }
}
