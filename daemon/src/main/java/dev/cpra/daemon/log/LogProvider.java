package dev.cpra.daemon.log;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Through this SLF4J finds the daemon's log: what probes, Netty and other libraries say goes
/// through the same limit and the same form as our own lines. Found by ServiceLoader.
public final class LogProvider implements SLF4JServiceProvider {
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final ConcurrentMap<String, LineLogger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  /// For ServiceLoader.
  public LogProvider() {}

  @Override
  public void initialize() {
    // Lines still waiting when the JVM ends by itself.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> DaemonLog.flush(FLUSH), "cpra-log-flush"));
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, made -> new LineLogger(DaemonLog.book(), made));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
