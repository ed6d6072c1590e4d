package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OffSwitchFileTest {
  @TempDir Path folder;

  private final List<Boolean> turned = new CopyOnWriteArrayList<>();

  /// Kills a thread that an Error ends, and a switch that takes for done what was not.
  @Test
  void whatFailsIsTriedAgain() throws IOException {
    Path file = Files.createFile(folder.resolve(OffSwitch.FILE));
    AtomicInteger tries = new AtomicInteger();
    OffSwitch.Turn turn =
        on -> {
          if (tries.incrementAndGet() == 2) {
            throw new StackOverflowError("a defect");
          }
          turned.add(on);
        };
    try (OffSwitch off = new OffSwitch(folder, turn)) {
      off.start();
      assertThat(turned).containsExactly(false);
      Files.delete(file);
      Await.until("it is on again", () -> turned.size() == 2);
    }
    assertThat(turned).containsExactly(false, true);
    assertThat(tries).hasValue(3);
  }

  /// Kills a switch that takes what it cannot see for not there.
  @Test
  void whatCannotBeSeenStops() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    try (OffSwitch off = new OffSwitch(loop, turned::add)) {
      off.look();
    }
    assertThat(turned).containsExactly(false);
  }

  /// Kills a switch that asks what a link leads to.
  @Test
  void aLinkIsAFile() throws IOException {
    Files.createSymbolicLink(folder.resolve(OffSwitch.FILE), folder.resolve("nowhere"));
    try (OffSwitch off = new OffSwitch(folder, turned::add)) {
      off.look();
    }
    assertThat(turned).containsExactly(false);
  }
}
