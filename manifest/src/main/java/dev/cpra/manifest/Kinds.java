package dev.cpra.manifest;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The kinds a file may name, by section and name. Immutable.
public final class Kinds {
  private static final class ClassPath {
    static final Kinds KINDS =
        of(ServiceLoader.load(Kind.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  private final Map<Section, Map<String, Kind<?>>> bySection = new EnumMap<>(Section.class);

  private Kinds() {
    for (Section section : Section.values()) {
      bySection.put(section, new TreeMap<>());
    }
  }

  /// Every kind that [ServiceLoader] finds, looked up once.
  public static Kinds onClassPath() {
    return ClassPath.KINDS;
  }

  /// These kinds.
  ///
  /// @throws IllegalArgumentException if two of one section have the same name
  @SuppressWarnings("rawtypes")
  public static Kinds of(List<? extends Kind> kinds) {
    Kinds all = new Kinds();
    for (Kind<?> kind : kinds) {
      Kind<?> other = all.section(kind.section()).put(kind.name(), kind);
      if (other != null) {
        throw new IllegalArgumentException(
            kind.section().noun()
                + " "
                + kind.name()
                + ": registered by "
                + other.getClass().getName()
                + " and by "
                + kind.getClass().getName());
      }
    }
    return all;
  }

  private Map<String, Kind<?>> section(Section section) {
    Map<String, Kind<?>> kinds = bySection.get(section);
    if (kinds == null) {
      throw new IllegalStateException("no section " + section);
    }
    return kinds;
  }

  /// The kinds of a section, by name.
  public Collection<Kind<?>> all(Section section) {
    return section(section).values();
  }

  /// The names of a section, sorted.
  public List<String> names(Section section) {
    return List.copyOf(section(section).keySet());
  }

  /// The kind with this name, or null.
  public @Nullable Kind<?> find(Section section, String name) {
    return section(section).get(name);
  }
}
