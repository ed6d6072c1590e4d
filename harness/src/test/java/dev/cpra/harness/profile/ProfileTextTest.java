package dev.cpra.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.trial.ProfileAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfileTextTest {
  private static Profiled profiled(String variant, long jobs, String... lines) throws Exception {
    return new Profiled(
        variant,
        ProfileEvent.CPU,
        "cpu-clock",
        List.of(),
        Stacks.parse(List.of(lines)),
        100,
        2,
        jobs);
  }

  @Test
  void sharesAreOfTheThreadAndCostsPerJob() throws Exception {
    Profiled one =
        profiled("ecs", 50, "[engine];x/y/A.a_[j] 300", "[engine];x/y/A.b_[j] 100", "[w];W.w 50");
    List<ProfileText.Table> tables = ProfileText.tables(one);
    assertThat(tables).extracting(ProfileText.Table::heading).hasSize(2);
    assertThat(tables.getFirst().rows().get(1))
        .containsExactly("75.0", "75.0", "6.00", "6.00", "y.A.a");
    assertThat(ProfileText.threads(one)).isEqualTo("engine 88.9 %, w 11.1 %");
    assertThat(ProfileText.threads(profiled("ecs", 1, "[w];W.w 1")))
        .isEqualTo("w 100.0 %; no sample in the engine's thread");
    assertThat(ProfileText.head(one)).contains("100 samples").contains("25 jobs/s");
  }

  @Test
  void differencesArePerJobAndTheLargestFirst() throws Exception {
    Profiled before = profiled("baseline", 10, "[engine];A.same 100", "[engine];A.gone 50");
    Profiled after = profiled("ecs", 20, "[engine];A.same 400", "[engine];A.new 20");
    assertThat(ProfileText.difference(before, after).rows())
        .containsExactly(
            List.of("baseline", "ecs", "more", "self ns/job, all threads"),
            List.of("10.0", "20.0", "+10.0", "A.same"),
            List.of("5.00", "0", "-5.00", "A.gone"),
            List.of("0", "1.00", "+1.00", "A.new"));
  }

  @Test
  void aFallbackIsSaidAloudWithTheProfilersOwnReason() throws Exception {
    Profiled fallen =
        new Profiled(
            "ecs",
            ProfileEvent.CPU,
            "ctimer",
            List.of(new ProfileAnswer.Refusal("event=cpu-clock", "Perf events unavailable")),
            Stacks.parse(List.of("[engine];A.a 1")),
            1,
            1,
            1);
    assertThat(fallen.warning()).contains("ctimer").contains("Perf events unavailable");
    assertThat(profiled("ecs", 1, "[engine];A.a 1").warning()).isEmpty();
  }

  @Test
  void withoutJobsThereIsNoCostPerJob() throws Exception {
    Profiled none = profiled("ecs", 0, "[engine];A.a 100");
    assertThat(ProfileText.tables(none).getFirst().rows().get(1))
        .containsExactly("100.0", "100.0", "-", "-", "A.a");
    assertThat(none.perMillionJobs().total()).isEqualTo(100);
  }
}
