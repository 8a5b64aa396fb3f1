package io.sysmonflink.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.sysmonflink.jobs",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** SQL knows the digits 0 to 9 only; these write those of the user's locale. */
  @ArchTest
  static final ArchRule SQL_IS_FORMATTED_WITHOUT_A_LOCALE =
      noClasses()
          .that()
          .resideInAPackage("io.sysmonflink.jobs.pipeline..")
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class);
}
