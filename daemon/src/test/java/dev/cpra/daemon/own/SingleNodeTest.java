package dev.cpra.daemon.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SingleNodeTest {
  @TempDir Path folder;

  @Test
  void aSecondOneIsRefusedUntilTheFirstIsClosed() throws Exception {
    Path data = folder.resolve("made/on/the/way");
    try (SingleNode first = SingleNode.take(data)) {
      assertThat(first.owns("anything")).isTrue();
      assertThatThrownBy(() -> SingleNode.take(data))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("another daemon", Long.toString(ProcessHandle.current().pid()));
    }
    SingleNode.take(data).close();
  }
}
