package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

final class PaddingTest {
  private static final int ROOM_BYTES = 128;

  /// Kills a field that this JVM lays out beside what another thread may write or poll.
  @ParameterizedTest
  @ValueSource(classes = {EngineSide.class, PaddedCounter.class})
  void whatOneThreadWritesHasRoomOnBothSides(Class<?> type) {
    ClassLayout layout = ClassLayout.parseClass(type);
    List<FieldLayout> fields =
        layout.fields().stream().filter(f -> !f.name().matches("gap|[pq]\\d\\d")).toList();

    assertThat(fields)
        .isNotEmpty()
        .allSatisfy(field -> {
          assertThat(field.offset()).isGreaterThanOrEqualTo(ROOM_BYTES);
          assertThat(layout.instanceSize() - field.offset() - field.size())
              .isGreaterThanOrEqualTo(ROOM_BYTES);
        });
  }
}
