package dev.cpra.harness.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The command line of a trial's JVM.
final class JvmCommandTest {
  private static final String G1 = "-XX:+UseG1GC";

  @Test
  void g1IsTheDefault() {
    assertThat(JvmCommand.of(1_000, "Main")).containsOnlyOnce(G1).endsWith("Main");
  }

  /// A JVM that is told of two collectors does not start.
  @Test
  void anotherCollectorTakesItsPlace() {
    assertThat(JvmCommand.of(1_000, List.of("-XX:+UseZGC"), "Main"))
        .contains("-XX:+UseZGC")
        .doesNotContain(G1);
  }

  @Test
  void otherFlagsComeBesideIt() {
    assertThat(JvmCommand.of(1_000, List.of("-XX:+UseCompactObjectHeaders"), "Main"))
        .contains("-XX:+UseCompactObjectHeaders", G1);
  }
}
