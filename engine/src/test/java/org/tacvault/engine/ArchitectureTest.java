package org.tacvault.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tacvault.engine.config.Environment;

/** Which package may know which, and who may touch the world. */
class ArchitectureTest {
  private static final String ENGINE = "org.tacvault.engine";

  /** In the order of the data: each may know the earlier ones only. */
  private static final List<String> PIPELINE =
      List.of(
          "error",
          "io",
          "secret",
          "home",
          "sqlite",
          "config",
          "host",
          "source",
          "snapshot",
          "manifest",
          "archive",
          "encryption",
          "destination",
          "catalog",
          "retention",
          "backup",
          "verify",
          "restore",
          "schedule");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ENGINE);

  @Test
  void everyPackageHasItsPlaceInThePipeline() {
    Set<String> packages =
        CLASSES.stream()
            .map(type -> type.getPackageName().substring(ENGINE.length()))
            .filter(name -> !name.isEmpty())
            .map(name -> name.split("\\.")[1])
            .collect(Collectors.toSet());
    packages.remove("sample");
    assertThat(PIPELINE).containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void packagesKnowOnlyEarlierOnes() {
    for (int index = 0; index < PIPELINE.size(); index++) {
      List<String> later = PIPELINE.subList(index + 1, PIPELINE.size());
      String[] forbidden =
          later.stream().map(name -> ENGINE + "." + name + "..").toArray(String[]::new);
      if (forbidden.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(ENGINE + "." + PIPELINE.get(index) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(forbidden)
            .because("data flows one way through the packages")
            .check(CLASSES);
      }
    }
  }

  @Test
  void nobodyKnowsTheFrontDoorAndOnlyItKnowsAll() {
    DescribedPredicate<JavaClass> frontDoor =
        resideInAPackage(ENGINE)
            .and(DescribedPredicate.not(JavaClass.Predicates.type(Version.class)));
    noClasses()
        .that()
        .resideInAnyPackage(
            PIPELINE.stream().map(name -> ENGINE + "." + name + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat(frontDoor)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void destinationProvidersAreStrangersToEachOther() {
    slices().matching(ENGINE + ".destination.(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.sqlite.. : sqlite, catalog, sample",
        "java.sql.. : sqlite, catalog, sample, schedule",
        "com.github.kagkarlsson.. : schedule",
        "com.cronutils.. : schedule",
        "com.exceptionfactory.jagged.. : encryption",
        "org.bouncycastle.. : encryption",
        "org.apache.commons.compress.. : archive",
        "com.github.luben.zstd.. : archive",
        "com.sun.jna.. : archive"
      })
  void libraryHasOneHome(String rule) {
    String[] parts = rule.split(" : ");
    String[] homes =
        java.util.Arrays.stream(parts[1].split(", "))
            .map(name -> ENGINE + "." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that(DescribedPredicate.not(resideInAnyPackage(homes)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(parts[0])
        .because("a library that is wrapped in one place can be replaced in one place")
        .check(CLASSES);
  }

  @Test
  void engineIsPlainJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta..", "picocli..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void nobodyButTheFrontDoorReadsTheClock() {
    for (Class<?> type :
        List.of(
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class)) {
      noClasses().should().callMethod(type, "now").because("time is handed in").check(CLASSES);
    }
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(CLASSES);
    noClasses().should().callConstructor(Date.class).check(CLASSES);
    noClasses().should().callMethod(Clock.class, "systemUTC").check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(EngineOptions.class.getName())
        .should()
        .callMethod(InstantSource.class, "system")
        .check(CLASSES);
  }

  @Test
  void nobodyButTheHostPackageStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINE + ".host..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .because("what is run, with which environment and for how long is decided in one place")
        .check(CLASSES);
  }

  @Test
  void nobodyPrintsOrExits() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
    noClasses().should().accessField(System.class, "err").check(CLASSES);
    noClasses().should().callMethod(System.class, "exit", int.class).check(CLASSES);
    noClasses().should().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
  }

  @Test
  void nobodyButTheEnvironmentReadsTheEnvironment() {
    for (Class<?>[] parameters : List.of(new Class<?>[0], new Class<?>[] {String.class})) {
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Environment.class.getName())
          .should()
          .callMethod(System.class, "getenv", parameters)
          .check(CLASSES);
    }
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
