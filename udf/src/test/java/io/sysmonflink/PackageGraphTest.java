package io.sysmonflink;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.regex.Pattern;

/** Dependencies point one way. */
@AnalyzeClasses(packages = "io.sysmonflink", importOptions = DoNotIncludeTests.class)
class PackageGraphTest {

  private static final String ROOT = "io.sysmonflink.";
  private static final String FAST = ROOT + "decode.fast";

  /** Each package, and those that it may know. */
  private static final String MAY_KNOW =
      """
      decode.bytes            |
      decode.deadletter       |
      decode.frame            | decode.bytes decode.deadletter
      decode.event            | decode.bytes decode.deadletter
      decode.skip             | decode.bytes decode.deadletter decode.event wildcards
      decode.parse            | decode.event
      decode.parse.xml        | decode.bytes decode.deadletter decode.event decode.parse
      decode.parse.json       | decode.bytes decode.deadletter decode.event decode.frame decode.parse.xml
      decode.parse.json.shape | decode.bytes decode.deadletter decode.event decode.parse.xml decode.parse.json
      decode.fast             | decode.bytes decode.deadletter decode.event decode.parse decode.parse.xml
      decode.row              | decode.deadletter decode.event
      decode                  | decode.bytes decode.deadletter decode.frame decode.event decode.skip decode.parse\
       decode.parse.xml decode.parse.json decode.parse.json.shape decode.fast decode.row
      format                  | decode decode.event decode.skip
      files                   | format decode decode.frame decode.row decode.deadletter decode.bytes
      kafka                   | format decode
      wildcards               |
      functions               | wildcards
      json                    |
      """;

  @ArchTest static final ArchRule EACH_PACKAGE_KNOWS_ONLY_WHAT_IT_MAY = layers();

  private static LayeredArchitecture layers() {
    List<String[]> rows =
        MAY_KNOW.lines().map(line -> line.split(" *" + Pattern.quote("|") + " ?", -1)).toList();
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + ".")
            .ensureAllClassesAreContainedInArchitecture();
    for (String[] row : rows) {
      layers = layers.layer(row[0]).definedBy(ROOT + row[0]);
    }
    for (String[] row : rows) {
      layers =
          row[1].isEmpty()
              ? layers.whereLayer(row[0]).mayNotAccessAnyLayer()
              : layers.whereLayer(row[0]).mayOnlyAccessLayers(row[1].split(" "));
    }
    return layers;
  }

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().matching("io.sysmonflink.(**)").should().beFreeOfCycles();

  /** So the fast paths can go with an edit in one place. */
  @ArchTest
  static final ArchRule ONE_CLASS_NAMES_THE_FAST_PATHS =
      classes()
          .that()
          .resideInAPackage(FAST)
          .should()
          .onlyHaveDependentClassesThat(
              resideInAPackage(FAST).or(name(ROOT + "decode.EventDecoder")));

  /** Kafka's classes are missing where a cluster reads no Kafka. */
  @ArchTest
  static final ArchRule ONLY_ITS_CONNECTOR_KNOWS_KAFKA =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sysmonflink.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.flink.connector.kafka..",
              "org.apache.flink.streaming.connectors.kafka..");
}
