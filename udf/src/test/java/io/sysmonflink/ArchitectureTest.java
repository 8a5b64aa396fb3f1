package io.sysmonflink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way. */
@AnalyzeClasses(packages = "io.sysmonflink", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule FUNCTIONS_KNOW_NO_FORMAT =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.functions..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sysmonflink.format..", "io.sysmonflink.files..");

  @ArchTest
  static final ArchRule FORMAT_KNOWS_NO_FUNCTIONS_AND_NO_CONNECTOR =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.format..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.sysmonflink.functions..", "io.sysmonflink.files..");

  @ArchTest
  static final ArchRule CONNECTOR_KNOWS_NO_FUNCTIONS =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.files..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.sysmonflink.functions..");

  @ArchTest
  static final ArchRule WILDCARDS_KNOW_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.wildcards..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.sysmonflink.functions..", "io.sysmonflink.format..", "io.sysmonflink.files..");
}
