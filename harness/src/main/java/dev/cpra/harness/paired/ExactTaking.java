package dev.cpra.harness.paired;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes the exact figures of one side in a JVM of its own.
public final class ExactTaking {
  private static final Duration BOUND = Duration.ofMinutes(2);

  private ExactTaking() {}

  /// Takes them, load by load.
  ///
  /// @param monitors of the largest load
  /// @throws PairFailure if the child dies or does not answer
  public static List<ExactFigures> take(Side side, long monitors, List<Path> loads)
      throws IOException, InterruptedException {
    try (ChildJvm child = ChildJvm.start(side, monitors, loads)) {
      List<ExactFigures> figures = new ArrayList<>();
      for (int load = 0; load < loads.size(); load++) {
        child.ask(Ask.Kind.EXACT, load, 0);
        ExactFigures exact = child.await(BOUND).exact();
        if (exact == null) {
          throw new PairFailure(side.name() + ": expected exact figures, found an answer without");
        }
        figures.add(exact);
      }
      return List.copyOf(figures);
    }
  }
}
