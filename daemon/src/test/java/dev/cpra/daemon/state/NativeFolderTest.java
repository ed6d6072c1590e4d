package dev.cpra.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeFolderTest {
  @TempDir Path data;

  /// Kills a start that leaves what a killed process left, and one that removes what is not its
  /// own.
  @Test
  void whatAKilledProcessLeftIsRemoved() throws Exception {
    Path folder = Files.createDirectory(data.resolve("native"));
    Path library =
        Files.writeString(folder.resolve("sqlite-3.50-7f-libsqlitejdbc.so"), "a library");
    Path lock = Files.writeString(folder.resolve("sqlite-3.50-7f-libsqlitejdbc.so.lck"), "");
    Path other = Files.writeString(folder.resolve("notes.txt"), "somebody's");
    SqliteStorage.open(data).close();
    assertThat(library).doesNotExist();
    assertThat(lock).doesNotExist();
    assertThat(other).exists();
    assertThat(System.getProperty("org.sqlite.tmpdir")).isNotEmpty();
  }

  @Test
  void aFolderThatCannotBeUsedIsRefused() throws Exception {
    Files.writeString(data.resolve("native"), "a file");
    assertThatThrownBy(() -> SqliteStorage.open(data))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("native");
  }
}
