package dev.cpra.engine.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The defects of Dominion 0.9.0 that this engine works around. Each test fails when an upgrade
/// mends its defect: the workaround may then go.
final class DominionDefectsTest {
  /// More than two chunks of the world's default size.
  private static final int MANY = 3 * (1 << 14);

  private final Dominion world = Dominion.create();

  /// A component.
  private record Hot(int handle) {}

  /// Another component.
  private record Rare(int handle) {}

  /// A state.
  private enum State {
    ON
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void iterationStopsAtAnEmptyChunk() {
    List<Entity> entities = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      entities.add(world.createEntity(new Hot(i)));
    }
    assertThat(count()).isEqualTo(MANY);

    int deleted = 0;
    for (int i = MANY / 6; i < MANY * 5 / 6; i++) {
      world.deleteEntity(entities.get(i));
      deleted++;
    }

    assertThat(count()).isLessThan(MANY - deleted);
  }

  private int count() {
    int count = 0;
    for (Results.With1<Hot> row : world.findEntitiesWith(Hot.class)) {
      assertThat(row.comp()).isNotNull();
      count++;
    }
    return count;
  }

  @Test
  void deletingAnEntityTwiceThrows() {
    Entity entity = world.createEntity(new Hot(1));
    assertThat(world.deleteEntity(entity)).isTrue();

    assertThatThrownBy(() -> world.deleteEntity(entity)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void aDisabledEntityIsStillFoundByItsState() {
    Entity entity = world.createEntity(new Hot(1)).setState(State.ON);
    entity.setEnabled(false);

    assertThat(world.findEntitiesWith(Hot.class).withState(State.ON).iterator().hasNext()).isTrue();
  }

  /// So the engine lets go of what a removed component refers to, and expects no memory back.
  @Test
  void aRemovedSlotKeepsItsComponentAlive() {
    Entity entity = world.createEntity(new Hot(1));
    WeakReference<Rare> removed = addAndRemove(entity);

    for (int i = 0; i < 5; i++) {
      System.gc();
    }

    assertThat(removed.get()).isNotNull();
  }

  private static WeakReference<Rare> addAndRemove(Entity entity) {
    Rare rare = new Rare(1);
    entity.add(rare);
    entity.remove(rare);
    return new WeakReference<>(rare);
  }

  /// It works on memory that was freed: the process may survive, hang or die. In one of its own.
  @Test
  void aCallOnAnEntityAfterCloseIsNotRefused(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + (isWindows() ? "NUL" : "/dev/null"),
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddominion.show-banner=false",
                "-cp",
                System.getProperty("java.class.path"),
                CallAfterClose.class.getName())
            .directory(folder.toFile()) // a JVM that dies leaves a file where it was
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }

    assertThat(output).content().as("it came as far as the call").contains(CallAfterClose.CALLS);
    assertThat(process.exitValue()).isNotEqualTo(CallAfterClose.REFUSED);
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }

  /// What must never happen.
  static final class CallAfterClose {
    static final int REFUSED = 7;
    static final String CALLS = "the world is closed";

    private CallAfterClose() {}

    public static void main(String[] args) {
      Dominion closed = Dominion.create();
      Entity entity = closed.createEntity(new Hot(1));
      closed.close();
      System.out.println(CALLS);
      try {
        entity.add(new Rare(1));
      } catch (IllegalStateException _) {
        System.exit(REFUSED);
      } catch (RuntimeException chance) {
        System.out.println(chance); // what freed memory looked like, no refusal
      }
    }
  }

  /// Not a defect, but what the engine relies on: a component is found by its very reference.
  @Test
  void componentsComeAndGoByReference() {
    Hot hot = new Hot(1);
    Rare rare = new Rare(1);
    Entity entity = world.createEntity(hot);

    entity.add(rare);
    assertThat(entity.get(Hot.class)).isSameAs(hot);
    assertThat(entity.get(Rare.class)).isSameAs(rare);

    assertThat(entity.remove(rare)).isTrue();
    assertThat(entity.has(Rare.class)).isFalse();
    assertThat(entity.get(Rare.class)).isNull();
    assertThat(entity.get(Hot.class)).isSameAs(hot);
  }
}
