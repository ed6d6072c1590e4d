package dev.cpra.daemon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows around and within the daemon.
@AnalyzeClasses(packages = "dev.cpra", importOptions = ImportOption.DoNotIncludeTests.class)
final class DaemonRulesTest {

  /// A rule over nothing holds: this one fails when the class path lost a part.
  @ArchTest
  static void everyPartIsSeen(JavaClasses classes) {
    for (String part :
        new String[] {
          "daemon.cli",
          "daemon.core",
          "daemon.state",
          "daemon.http",
          "daemon.metrics",
          "daemon.health",
          "daemon.log",
          "engine.baseline",
          "probes"
        }) {
      assertThat(classes.containPackage("dev.cpra." + part)).as("dev.cpra.%s", part).isTrue();
    }
  }

  @ArchTest
  static final ArchRule nothingImportsAnEngine =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.daemon..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.cpra.engine.baseline..",
                  "dev.cpra.engine.ecs..",
                  "dev.cpra.engine.kit..",
                  "dev.cpra.engine.peers.."));

  @ArchTest
  static final ArchRule nothingBelowKnowsTheDaemon =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cpra.daemon..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.cpra.daemon..");

  @ArchTest
  static final ArchRule onlyCommandsKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.daemon..")
          .and()
          .resideOutsideOfPackage("dev.cpra.daemon.cli..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("dev.cpra.daemon.cli..", "picocli.."));

  /// How the daemon is seen hangs on it, never the other way round.
  @ArchTest
  static final ArchRule theCoreDoesNotKnowWhoLooks =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.daemon.core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.cpra.daemon.http..",
                  "dev.cpra.daemon.metrics..",
                  "dev.cpra.daemon.health..",
                  "dev.cpra.daemon.log..",
                  "io.prometheus.."));

  /// What is written down knows neither probes nor sockets nor the daemon around it.
  @ArchTest
  static final ArchRule theStateStandsAlone =
      noClasses()
          .that()
          .resideInAnyPackage("dev.cpra.daemon.state..", "dev.cpra.daemon.own..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.cpra.daemon.core..",
                  "dev.cpra.daemon.http..",
                  "dev.cpra.probes..",
                  "java.net..",
                  "io.netty.."))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheStateKnowsTheDatabase =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cpra.daemon.state..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "org.sqlite.."));

  @ArchTest
  static final ArchRule whatRunsKnowsNothingOfReloads =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.daemon.core..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.cpra.daemon.reload..");
}
