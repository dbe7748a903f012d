package org.tacvault.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.sqlite.DatabaseFacts;

/** Which package of the service may know which, and who may touch the world. */
class ArchitectureTest {
  private static final String SERVER = "org.tacvault.server";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(SERVER);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(SERVER + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error : api, run, security, audit, observe, openapi, web",
        "request : api, run, security, audit, observe, openapi, error, web",
        "security : api, run, audit, observe, openapi, web",
        "run : api, security, audit, observe, openapi, web",
        "audit : api, run, observe, openapi, web",
        "api : web",
        "schedule : api, observe, openapi, web",
        "observe : api, openapi, web",
        "openapi : web"
      })
  void packagesKnowNoLaterOnes(String rule) {
    String[] parts = rule.split(" : ");
    String[] later =
        Arrays.stream(parts[1].split(", "))
            .map(name -> SERVER + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(SERVER + "." + parts[0] + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.github.bucket4j.. : security",
        "org.springframework.security.. : security",
        "io.prometheus.. : observe",
        "org.springframework.ui.. : web",
        "io.swagger.v3.core.. : openapi",
        "org.springdoc.. : openapi"
      })
  void libraryHasOneHome(String rule) {
    String[] parts = rule.split(" : ");
    noClasses()
        .that()
        .resideOutsideOfPackage(SERVER + "." + parts[1] + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(parts[0])
        .because("a library that is wrapped in one place can be replaced in one place")
        .check(CLASSES);
  }

  /** Files and databases of the TACACS+ server are the engine's business. */
  @Test
  void nobodyGoesPastTheEngine() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "org.sqlite..",
            "org.tacvault.engine.source..",
            "org.tacvault.engine.snapshot..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.tacvault.engine.sqlite..")
                .and(DescribedPredicate.not(type(DatabaseFacts.class))))
        .because("what a check found may be shown; databases are opened elsewhere")
        .check(CLASSES);
  }

  @Test
  void timeAndEnvironmentAreHandedIn() {
    noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses().should().callMethod(System.class, "getenv", String.class).check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ServerOptions.class.getName())
        .should()
        .callMethod(InstantSource.class, "system")
        .check(CLASSES);
  }

  @Test
  void nobodyPrintsOrExits() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
    noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    Set<String> silent =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .filter(found -> found.tryGetPackageInfo().isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());
    assertThat(silent).isEmpty();
  }
}
