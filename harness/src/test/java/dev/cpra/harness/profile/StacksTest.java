package dev.cpra.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StacksTest {
  private static final String OURS = "java/lang/Thread.run_[j];dev/cpra/engine/E.tick_[j]";

  @Test
  void threadsOfOneNameBecomeOne() throws Exception {
    Stacks stacks =
        Stacks.parse(
            List.of("[work-pulse tid=7];a.B.c_[j] 3", "[work-pulse tid=8];a.B.c_[j] 4", "[x] 1"));
    assertThat(stacks.lines()).containsExactly("[work-pulse];a.B.c_[j] 7", "[x] 1");
    assertThat(stacks.total()).isEqualTo(8);
    assertThat(stacks.byThread().toString()).isEqualTo("{work-pulse=7, x=1}");
  }

  @Test
  void framesMayHoldSpaces() throws Exception {
    Stacks stacks = Stacks.parse(List.of("[C2 CompilerThre tid=3];a::b(int, long) 12"));
    assertThat(stacks.byThread()).containsOnlyKeys("C2 CompilerThre");
    assertThat(stacks.lines()).containsExactly("[C2 CompilerThre];a::b(int, long) 12");
  }

  @Test
  void aLineOfAnotherFormIsNamed() {
    assertThatThrownBy(() -> Stacks.parse(List.of("[a];b many")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[a];b many");
    assertThatThrownBy(() -> Stacks.parse(List.of("nothing"))).isInstanceOf(IOException.class);
  }

  @Test
  void scalingRoundsAndDropsWhatBecomesNothing() throws Exception {
    Stacks stacks = Stacks.parse(List.of("[a];b 10", "[a];c 1"));
    assertThat(stacks.times(0.25).lines()).containsExactly("[a];b 3");
    assertThat(stacks.times(2).total()).isEqualTo(22);
  }

  @Test
  void ownThreadsAreThoseWithAFrameOfOursSomewhereAndKeepAllTheirStacks() throws Exception {
    Stacks stacks =
        Stacks.parse(List.of("[engine];" + OURS + " 5", "[engine];futex 6", "[VM Thread];futex 9"));
    assertThat(stacks.ofOwnThreads().total()).isEqualTo(11);
    assertThat(stacks.ofOwnThreads().byThread()).containsOnlyKeys("engine");
  }

  @Test
  void allocationsAreOneFrameOfClassAndMethod() throws Exception {
    Stacks stacks =
        Stacks.parse(List.of("[e];p/A.run_[0];q/r/B.grow_[j];long[]_[i] 16", "[e];long[]_[i] 8"));
    assertThat(stacks.allocatedIn().lines())
        .containsExactly("[e];long[]_[i] 8", "[e];p/A.run_[0];long[] in q/r/B.grow 16");
  }
}
