package io.github.lodepngffm.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lodepngffm.testkit.OutermostClasses;
import org.junit.jupiter.api.Test;

/** The command line is a program like any other that uses the library. */
class CommandLineArchitectureTest {
  private static final String API = "io.github.lodepngffm";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(API + ".cli");

  @Test
  void itStandsOnThePublicApiAlone() {
    assertThat(CLASSES.size()).isGreaterThan(25);
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "picocli..", "me.tongfei.progressbar..", API, API + ".cli")
        .check(CLASSES);
  }

  @Test
  void noTwoOfItsClassesNeedEachOther() {
    slices().assignedFrom(new OutermostClasses("")).should().beFreeOfCycles().check(CLASSES);
  }
}
