package dev.cpra.manifest.read;

import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Silence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the files of one configuration have in common: the names of monitors, the groups, the
/// policy. Used by one thread.
public final class Merged {
  /// The key that stands in one file only.
  static final String SAFETY = "safety";

  private final List<Path> files;
  private final NameTable names = new NameTable();
  private final Groups groups = new Groups();
  private final Sharing sharing = new Sharing();
  private final List<Silence> silences = new ArrayList<>();
  private final List<Maintenance> maintenance = new ArrayList<>();
  private final Map<String, NameTable.Place> places = new HashMap<>();
  private Safety safety = Safety.DEFAULT;

  /// Of these files, at most [NameTable#FILES_MAX].
  public Merged(List<Path> files) {
    this.files = List.copyOf(files);
  }

  /// Of a single file.
  public static Merged of(Path file) {
    return new Merged(List.of(file));
  }

  /// The policy of all files read so far.
  public Policy policy() {
    return new Policy(silences, maintenance, safety);
  }

  List<Silence> silences() {
    return silences;
  }

  List<Maintenance> maintenance() {
    return maintenance;
  }

  void safety(Safety given) {
    safety = given;
  }

  Groups groups() {
    return groups;
  }

  Sharing sharing() {
    return sharing;
  }

  /// Remembers where a monitor's name stands.
  ///
  /// @return null, or where it stood first, as messages say it in this file
  @Nullable String name(String name, int file, int line, int column) {
    NameTable.Place first = names.put(name, file, line, column);
    return first == null ? null : text(first, file);
  }

  /// Remembers where something stands that may stand once.
  ///
  /// @return null, or where else it stood first, as messages say it in this file
  @Nullable String place(String what, int file, int line, int column) {
    NameTable.Place here = new NameTable.Place(file, line, column);
    NameTable.Place first = places.putIfAbsent(what, here);
    return first == null || first.equals(here) ? null : text(first, file);
  }

  private String text(NameTable.Place place, int from) {
    String at = place.line() + ":" + place.column();
    return place.file() == from ? at : files.get(place.file()) + ":" + at;
  }
}
