package dev.cpra.harness;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between the modules. Tests are left out: they may import an engine. So is what JMH
/// generates around benchmarks: it looks at clocks.
@AnalyzeClasses(
    packages = "dev.cpra",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      HouseRulesTest.DoNotIncludeGeneratedBenchmarks.class
    })
final class HouseRulesTest {

  private static final String API = "dev.cpra.engine";
  private static final String BASELINE = "dev.cpra.engine.baseline..";
  private static final String ECS = "dev.cpra.engine.ecs..";
  private static final String PEERS = "dev.cpra.engine.peers..";
  private static final String[] ENGINES = {"dev.cpra.engine.kit..", BASELINE, ECS};

  static final class DoNotIncludeGeneratedBenchmarks implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/jmh_generated/");
    }
  }

  /// A rule over nothing holds: this one fails when the class path lost a module.
  @ArchTest
  static void everyModuleIsSeen(JavaClasses classes) {
    for (String root :
        new String[] {
          "engine",
          "engine.kit",
          "engine.baseline",
          "engine.ecs",
          "engine.peers",
          "benchmarks",
          "manifest",
          "probes",
          "simulator",
          "harness"
        }) {
      assertThat(classes.containPackage("dev.cpra." + root)).as("dev.cpra.%s", root).isTrue();
    }
  }

  @ArchTest
  static final ArchRule theContractDependsOnNothingButJSpecify =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(API, "java..", "org.jspecify.annotations..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingImportsTheBaselineEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASELINE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BASELINE)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingImportsTheEcsEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(ECS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ECS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingImportsThePeerEngines =
      noClasses()
          .that()
          .resideOutsideOfPackage(PEERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PEERS)
          .allowEmptyShould(true);

  /// The peers share one engine; only timers that bring a thread see the machine's clock.
  @ArchTest
  static final ArchRule onlyThreadedTimersSeeAClock =
      noClasses()
          .that()
          .resideInAPackage(PEERS)
          .and()
          .haveNameNotMatching(".*\\.(ThreadedTimers|JdkTimers|NettyTimers)(\\$.*)?")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(
              resideInAPackage("io.netty..")
                  .or(
                      nameMatching(
                          "java\\.lang\\.Thread(\\$.*)?"
                              + "|java\\.util\\.concurrent\\..*(Executor|ForkJoin|Timer).*")));

  @ArchTest
  static final ArchRule onlyTheEcsEngineUsesDominion =
      noClasses()
          .that()
          .resideOutsideOfPackage(ECS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.dominion..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheManifestReadsYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cpra.manifest..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml.snakeyaml..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingBelowDependsOnTheHarness =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cpra.harness..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.cpra.harness..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule enginesSeeNoManifestProbeOrSocket =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.cpra.manifest..",
                  "dev.cpra.probes..",
                  "java.net..",
                  "java.nio.channels..",
                  "java.io..",
                  "io.netty.."))
          .allowEmptyShould(true);

  /// What the engines' rules are held to is written without them.
  @ArchTest
  static final ArchRule theOracleDoesNotKnowTheLifecycle =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.simulator.oracle..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("dev.cpra.engine.Lifecycle");

  @ArchTest
  static final ArchRule theSimulatorHasNoProbesAndNoSockets =
      noClasses()
          .that()
          .resideInAPackage("dev.cpra.simulator..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "dev.cpra.probes..", "java.net..", "java.nio.channels..", "io.netty.."));

  /// Time is a parameter of an engine, and whoever owns it brings the thread.
  @ArchTest
  static final ArchRule enginesSeeNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINES)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat(resideInAPackage("java.time..").and(nameMatching(".*Clock")))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule enginesStartNoThread =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINES)
          .should()
          .dependOnClassesThat(
              nameMatching("java\\.lang\\.Thread(\\$.*)?")
                  .or(nameMatching("java\\.util\\.concurrent\\..*(Executor|ForkJoin|Timer).*")))
          .allowEmptyShould(true);
}
