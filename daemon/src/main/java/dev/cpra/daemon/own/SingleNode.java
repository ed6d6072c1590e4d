package dev.cpra.daemon.own;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The one node of its data: owns every monitor, and keeps a second daemon away by a lock on a file
/// that the system lets go when the process ends, however it ends.
public final class SingleNode implements Ownership {
  private final FileChannel channel;

  private SingleNode(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the data in this folder, which is made if there is none.
  ///
  /// @throws IOException if another daemon has it, or the folder cannot be used; the message says
  ///   which
  public static SingleNode take(Path data) throws IOException {
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw unusable(data, "cannot be made", e);
    }
    Path file = data.resolve("lock");
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unusable(file, "cannot be opened for writing", e);
    }
    try {
      if (tryLock(channel) != null) {
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return new SingleNode(channel);
      }
    } catch (IOException e) {
      channel.close();
      throw unusable(file, "cannot be locked and written", e);
    }
    String owner = owner(channel);
    channel.close();
    throw new IOException(
        data
            + ": another daemon uses this folder"
            + owner
            + "; stop it, or name another folder with --data");
  }

  private static IOException unusable(Path what, String how, IOException e) {
    return new IOException(
        what
            + ": "
            + how
            + " ("
            + e
            + "); make room on its disk and let the daemon's user write there, or name another"
            + " folder with --data",
        e);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // within this process
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(20);
    channel.read(read, 0);
    String pid = new String(read.array(), 0, read.position(), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "" : " (process " + pid + ")";
  }

  @Override
  public boolean owns(String monitor) {
    return true;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      return; // the end of the process lets it go
    }
  }
}
