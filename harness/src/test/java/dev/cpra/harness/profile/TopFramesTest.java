package dev.cpra.harness.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TopFramesTest {
  @Test
  void selfIsWhatEndsInAFrameAndTotalCountsRecursionOnce() throws Exception {
    Stacks stacks =
        Stacks.parse(
            List.of("[t];a_[j];b_[j];a_[j] 10", "[t];a_[j];b_[j] 4", "[t];a_[0];b_[i];c_[k] 1"));
    assertThat(TopFrames.bySelf(stacks, 10))
        .containsExactly(
            new TopFrames.Row("a", 10, 15),
            new TopFrames.Row("b", 4, 15),
            new TopFrames.Row("c", 1, 1));
    assertThat(TopFrames.bySelf(stacks, 1)).hasSize(1);
  }

  @Test
  void aFrameThatNothingEndsInIsNoTopFrame() throws Exception {
    Stacks stacks = Stacks.parse(List.of("[t];run_[j];leaf_[j] 3"));
    assertThat(TopFrames.bySelf(stacks, 10)).extracting(TopFrames.Row::frame).containsOnly("leaf");
  }

  @Test
  void namesKeepTheLastPackageTheClassAndTheMethod() {
    assertThat(TopFrames.shorten("dev/cpra/engine/kit/TimingWheel.next"))
        .isEqualTo("kit.TimingWheel.next");
    assertThat(TopFrames.shorten("Main.main")).isEqualTo("Main.main");
    assertThat(TopFrames.shorten("Monitor::wait(long)")).isEqualTo("Monitor::wait(long)");
    assertThat(TopFrames.shorten("java.lang.String in java/lang/Integer.toString"))
        .isEqualTo("java.lang.String in lang.Integer.toString");
  }
}
