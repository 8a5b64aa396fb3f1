package io.sysmonflink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way. */
@AnalyzeClasses(packages = "io.sysmonflink", importOptions = DoNotIncludeTests.class)
class PackageGraphTest {

  @ArchTest
  static final ArchRule FUNCTIONS_KNOW_NO_FORMAT =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.functions..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sysmonflink.decode..",
              "io.sysmonflink.format..",
              "io.sysmonflink.files..",
              "io.sysmonflink.kafka..");

  @ArchTest
  static final ArchRule FORMAT_KNOWS_NO_FUNCTIONS_AND_NO_CONNECTOR =
      noClasses()
          .that()
          .resideInAnyPackage("io.sysmonflink.decode..", "io.sysmonflink.format..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sysmonflink.functions..", "io.sysmonflink.files..", "io.sysmonflink.kafka..");

  @ArchTest
  static final ArchRule CONNECTORS_KNOW_NO_FUNCTIONS =
      noClasses()
          .that()
          .resideInAnyPackage("io.sysmonflink.files..", "io.sysmonflink.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sysmonflink.functions..");

  @ArchTest
  static final ArchRule CONNECTORS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("io.sysmonflink.(files|kafka)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule JSON_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.json..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sysmonflink.functions..",
              "io.sysmonflink.decode..",
              "io.sysmonflink.format..",
              "io.sysmonflink.files..",
              "io.sysmonflink.kafka..");

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

  @ArchTest
  static final ArchRule WILDCARDS_KNOW_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.wildcards..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sysmonflink.functions..",
              "io.sysmonflink.decode..",
              "io.sysmonflink.format..",
              "io.sysmonflink.files..",
              "io.sysmonflink.kafka..");
}
