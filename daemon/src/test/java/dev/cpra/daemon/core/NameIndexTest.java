package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NameIndexTest {
  private static final int HANDLES = 4_000;

  /// Kills an index that loses what stands behind a name that was removed, or that grows without
  /// what it had.
  @Test
  void itAgreesWithAMapWhateverComesAndGoes() {
    Random random = new Random(3);
    @Nullable String[] names = new @Nullable String[HANDLES];
    NameIndex index = new NameIndex(handle -> names[handle]);
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 60_000; i++) {
      int handle = random.nextInt(i < 20_000 ? 300 : HANDLES);
      String name = names[handle];
      if (name == null) {
        names[handle] = "m" + handle + "-" + random.nextInt(3);
        index.put(names[handle], handle);
        expected.put(names[handle], handle);
      } else if (random.nextInt(3) > 0) {
        index.remove(name, handle);
        names[handle] = null;
        expected.remove(name);
      } else {
        index.put(name, handle);
      }
      assertThat(index.size()).isEqualTo(expected.size());
      String asked = "m" + random.nextInt(HANDLES) + "-" + random.nextInt(3);
      assertThat(index.find(asked)).isEqualTo(expected.getOrDefault(asked, -1));
    }
    expected.forEach((name, handle) -> assertThat(index.find(name)).isEqualTo(handle));
  }

  @Test
  void aNameIsRemovedOnlyFromTheHandleItHas() {
    String[] names = {"a", "b"};
    NameIndex index = new NameIndex(handle -> names[handle]);
    index.put("a", 0);
    index.remove("a", 1);
    assertThat(index.find("a")).isZero();
    index.remove("b", 1);
    assertThat(index.size()).isEqualTo(1);
  }
}
