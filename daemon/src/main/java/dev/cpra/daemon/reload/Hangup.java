package dev.cpra.daemon.reload;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// SIGHUP. The JDK has no other way to hear of a signal than a class of the module
/// `jdk.unsupported`. The compiler warns of it whatever is said, and warnings are errors here: so
/// it is looked up by name.
final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /// Calls this on each SIGHUP, on a thread of the JVM's. Whoever comes last is called.
  ///
  /// @return whether it will be; if not, that is logged
  static boolean handle(Runnable listener) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object hangup =
          lookup
              .findConstructor(signal, MethodType.methodType(void.class, String.class))
              .invoke("HUP");
      var run =
          lookup
              .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
              .bindTo(listener);
      Object heard =
          MethodHandleProxies.asInterfaceInstance(
              handler, MethodHandles.dropArguments(run, 0, signal));
      var _ =
          lookup
              .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler))
              .invoke(hangup, heard);
      return true;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      LOG.warn("SIGHUP cannot be heard of; the files are watched all the same: {}", e.toString());
      return false;
    }
  }
}
