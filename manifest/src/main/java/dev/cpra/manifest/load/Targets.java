package dev.cpra.manifest.load;

import dev.cpra.manifest.LoadOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The servers that the harness starts on loopback for `wire` work.
///
/// A monitor refers to one by a variable: the address of the target `web` is `${TARGET_web}`
/// (`host:port`), so a check says `url: "http://${TARGET_web}/"` or `address: "${TARGET_db}"`.
/// Whoever started the targets looks these variables up, see [LoadOptions#withVariables].
///
/// @param http HTTP servers
/// @param tcp servers that accept connections and echo
public record Targets(List<Target> http, List<Target> tcp) {
  /// What the variables of targets start with.
  public static final String VARIABLE_PREFIX = "TARGET_";

  /// What embedded targets are called before they have a port: discard on loopback.
  static final String PLACEHOLDER = "127.0.0.1:9";

  /// No server.
  public static final Targets NONE = new Targets(List.of(), List.of());

  /// Options under which these targets' variables have a placeholder, unless they are set: for
  /// reading monitors before the targets have started.
  public LoadOptions placeholders(LoadOptions options) {
    Set<String> declared = new HashSet<>();
    http.forEach(target -> declared.add(target.variable()));
    tcp.forEach(target -> declared.add(target.variable()));
    return options.withVariables(name -> {
      String value = options.variables().apply(name);
      return value == null && declared.contains(name) ? PLACEHOLDER : value;
    });
  }

  /// One server.
  ///
  /// @param name unique among the load's targets; `http-1` and so on where only a count is given
  /// @param port 0 for any free one
  /// @param script what happens when, ascending; up from the start unless it says otherwise
  /// @param heals whether the script can be cut short
  public record Target(String name, int port, List<Step> script, Heals heals) {
    /// The variable that stands for this target's `host:port`: the name with `-` and `.` as `_`.
    public String variable() {
      return VARIABLE_PREFIX + name.replace('-', '_').replace('.', '_');
    }
  }

  /// From then on the target is in this state.
  ///
  /// @param atNanos since the start of the run
  public record Step(long atNanos, State state) {}

  /// What a target does with a request.
  public enum State {
    /// Answers well.
    UP,
    /// Refuses connections.
    DOWN,
    /// Answers HTTP 500; a TCP target closes at once.
    ERROR,
    /// Accepts and never answers.
    HANG,
    /// Answers well, but late.
    SLOW,
    /// Resets the connection.
    RESET,
    /// Answers what is no HTTP.
    GARBAGE
  }

  /// What brings a target back before its script does.
  public enum Heals {
    /// Nothing: the script alone decides.
    SCRIPT,
    /// An intervention aimed at it, too: it is up until the script's next step.
    INTERVENTION
  }
}
