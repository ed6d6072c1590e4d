package dev.cpra.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import dev.cpra.manifest.kind.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class LogBookTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Clock WALL =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00.005Z"), ZoneOffset.UTC);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();
  private LogBook book = new LogBook(out, WALL, nanos::get, Level.INFO);

  @AfterEach
  void close() {
    book.close();
  }

  private Logger logger(String name) {
    return new LineLogger(book, name);
  }

  private List<String> lines() {
    assertThat(book.flush(BOUND)).isTrue();
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLineHasTimeLevelLoggerMessageAndPairs() {
    logger("dev.cpra.daemon.core.Daemon")
        .atInfo()
        .addKeyValue("monitors", 3)
        .addKeyValue("why", "it is so")
        .log("started {} of {}", "one", 2);
    assertThat(lines())
        .containsExactly(
            "time=2026-03-01T12:00:00.005Z level=info logger=daemon.core.Daemon"
                + " msg=\"started one of 2\" monitors=3 why=\"it is so\"");
  }

  @Test
  void plainCallsAreLinesToo() {
    logger("dev.cpra.x").warn("{} and {}", 1, 2);
    logger("dev.cpra.x").error("whole");
    assertThat(lines())
        .containsExactly(
            "time=2026-03-01T12:00:00.005Z level=warn logger=x msg=\"1 and 2\"",
            "time=2026-03-01T12:00:00.005Z level=error logger=x msg=whole");
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    logger("io.netty.channel").info("chatter");
    logger("io.netty.channel").warn("trouble");
    logger("dev.cpra.x").info("ours");
    logger("dev.cpra.x").debug("detail");
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains("trouble");
    assertThat(lines().get(1)).contains("ours");
  }

  @Test
  void theSameMessageIsLimitedWhateverFillsIt() {
    Logger logger = logger("dev.cpra.x");
    for (int i = 0; i < LogBook.LINES_PER_KEY + 5; i++) {
      logger.warn("monitor {} is odd", i);
    }
    logger.warn("another message");
    assertThat(lines()).hasSize(LogBook.LINES_PER_KEY + 1);
    assertThat(book.counts().suppressed()).isEqualTo(5);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    logger.warn("monitor {} is odd", "last");
    assertThat(lines().getLast()).endsWith("msg=\"monitor last is odd\" suppressed=5");
  }

  /// Kills a limit that swallows what must be said because something else was, and one that these
  /// lines use up.
  @Test
  void whoBoundsItselfIsNotLimited() {
    Logger logger = logger("dev.cpra.x");
    for (int i = 0; i < 2 * LogBook.LINES_PER_KEY; i++) {
      logger.error(DaemonLog.UNLIMITED, "refused: {}", i);
      logger.atError().addMarker(DaemonLog.UNLIMITED).log("refused: {}", i);
    }
    assertThat(lines()).hasSize(4 * LogBook.LINES_PER_KEY);
    for (int i = 0; i < 2 * LogBook.LINES_PER_KEY; i++) {
      logger.error("refused: {}", i);
    }
    logger.error(DaemonLog.UNLIMITED, "refused: {}", "last");
    assertThat(lines()).hasSize(5 * LogBook.LINES_PER_KEY + 1);
    assertThat(lines().getLast()).endsWith("msg=\"refused: last\"");
    assertThat(book.counts().suppressed()).isEqualTo(LogBook.LINES_PER_KEY);
  }

  @Test
  void suppressedLinesAreToldOfWhenTheirKeyStaysSilent() {
    Logger logger = logger("dev.cpra.x");
    for (int i = 0; i < LogBook.LINES_PER_KEY + 3; i++) {
      logger.warn("monitor {} is odd", i);
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    Await.until("the count is told", () -> lines().getLast().contains("lines were suppressed"));
    assertThat(lines().getLast()).endsWith("key=\"x: monitor {} is odd\" suppressed=3");
  }

  @Test
  void aSecretIsNeverWritten() {
    logger("dev.cpra.x").atWarn().addKeyValue("token", new Secret("hunter2")).log("got it");
    logger("dev.cpra.x").warn("token {}", new Secret("hunter2"));
    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("***"));
    assertThat(String.join("\n", lines())).doesNotContain("hunter2");
  }

  @Test
  void aForeignExceptionsMessageIsKeptBack() {
    Throwable foreign = foreign("https://hooks.example/T0/hunter2");
    logger("dev.cpra.x").error("failed", foreign);
    logger("dev.cpra.x").error("wrapped", new IllegalStateException("ours is shown", foreign));
    assertThat(String.join("\n", lines()))
        .doesNotContain("hunter2")
        .contains("error=java.lang.NumberFormatException at=")
        .contains("error_msg=\"ours is shown\"")
        .contains("cause1=java.lang.NumberFormatException");
  }

  @Test
  void whatFilesSayIsShown() {
    Throwable file = new NoSuchFileException("/var/lib/cpra/state.db");
    file.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 1)});
    logger("dev.cpra.x").error("failed", file);
    assertThat(lines().getFirst()).contains("error_msg=/var/lib/cpra/state.db at=B.c:1");
  }

  @Test
  void anOutputThatNobodyReadsDelaysNobody() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    book.close();
    book =
        new LogBook(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void write(byte[] line) throws IOException {
                writing.countDown();
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                out.write(line);
              }
            },
            WALL,
            nanos::get,
            Level.INFO);
    Logger logger = logger("dev.cpra.x");
    logger.warn("first");
    writing.await();
    for (int i = 0; i < LogPipe.LINES_MAX + 7; i++) {
      book.write(Level.WARN, "dev.cpra.x", "p" + i / 10, "m" + i, List.of(), null);
    }
    assertThat(book.counts().dropped()).isEqualTo(7);
    assertThat(book.flush(Duration.ZERO)).as("nothing is out yet").isFalse();
    go.countDown();
    assertThat(lines()).hasSizeGreaterThanOrEqualTo(LogPipe.LINES_MAX + 1);
    Await.until("the loss is told", () -> lines().getLast().contains("dropped=7"));
  }

  @Test
  void anOutputThatFailsIsCountedAndTriedAgain() {
    boolean[] full = {true};
    book.close();
    book =
        new LogBook(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new UnsupportedOperationException();
              }

              @Override
              public void write(byte[] line) throws IOException {
                if (full[0]) {
                  full[0] = false;
                  throw new IOException("No space left on device");
                }
                out.write(line);
              }
            },
            WALL,
            nanos::get,
            Level.INFO);
    logger("dev.cpra.x").warn("one");
    logger("dev.cpra.x").warn("two");
    assertThat(lines()).hasSize(1);
    assertThat(book.counts()).isEqualTo(new LogCounts(1, 0, 0, 1));
  }

  @Test
  void slf4jFindsThisLog() {
    assertThat(LoggerFactory.getLogger("dev.cpra.any")).isInstanceOf(LineLogger.class);
  }

  /// As a library would throw it.
  private static Throwable foreign(String text) {
    try {
      return new AssertionError(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return e;
    }
  }
}
