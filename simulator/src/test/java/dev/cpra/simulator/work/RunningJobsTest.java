package dev.cpra.simulator.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RunningJobsTest {
  private record Job(int monitor, long end) {}

  @Test
  void jobsEndInTheOrderOfTheirEndsWhateverWasAddedAndRemovedBetween() {
    RunningJobs jobs = new RunningJobs(64);
    List<Job> model = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      if (model.size() < 64 && (model.isEmpty() || random.nextBoolean())) {
        long end = random.nextInt(1_000_000) * 100_000L + i;
        jobs.add(i, i, 0, end, Outcome.OK, 1);
        model.add(new Job(i, end));
      } else {
        Job next = model.stream().min(Comparator.comparingLong(Job::end)).orElseThrow();
        assertThat(jobs.nextEndNanos()).isEqualTo(next.end());
        assertThat(jobs.nextMonitor()).isEqualTo(next.monitor());
        jobs.removeNext();
        model.remove(next);
      }
      assertThat(jobs.size()).isEqualTo(model.size());
    }
  }

  @Test
  void jobsThatAreHeldEndLaterAndLostOnesAtOnceWithoutAWord() {
    RunningJobs jobs = new RunningJobs(8);
    for (int i = 0; i < 4; i++) {
      jobs.add(i, i, 0, 10 + i, Outcome.OK, 1);
    }
    assertThat(jobs.hold((monitor, _) -> monitor == 0, 100)).isEqualTo(1);
    assertThat(jobs.lose((monitor, _) -> monitor == 3)).isEqualTo(1);
    assertThat(jobs.nextMonitor()).isEqualTo(3);
    assertThat(jobs.nextCopies()).isZero();
    jobs.removeNext();
    assertThat(jobs.nextMonitor()).isEqualTo(1);
    jobs.removeNext();
    jobs.removeNext();
    assertThat(jobs.nextEndNanos()).isEqualTo(100);
  }
}
