package dev.cpra.manifest.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/// A stretch of time, once or every week. Immutable.
public sealed interface Window {
  /// Whether this instant lies in it.
  boolean contains(Instant now);

  /// Once.
  ///
  /// @param from the first instant inside
  /// @param to the first one after it
  record Once(Instant from, Instant to) implements Window {
    /// Checks the order.
    public Once {
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException("to: expected an instant after `from`");
      }
    }

    @Override
    public boolean contains(Instant now) {
      return !now.isBefore(from) && now.isBefore(to);
    }
  }

  /// On some days of every week, by the clock on a wall there. One that ends at or before the time
  /// it starts at ends on the next day. Where the clock is put forward a time that does not exist
  /// is moved on by the gap; where it is put back the first of two equal times is meant.
  ///
  /// @param days on which it starts
  /// @param start its first instant
  /// @param end the first one after it
  /// @param zone where the wall stands
  record Weekly(Set<DayOfWeek> days, LocalTime start, LocalTime end, ZoneId zone)
      implements Window {
    /// Copies the days.
    public Weekly {
      days = Set.copyOf(days);
    }

    @Override
    public boolean contains(Instant now) {
      LocalDate today = now.atZone(zone).toLocalDate();
      return startedOn(today.minusDays(1), now) || startedOn(today, now);
    }

    private boolean startedOn(LocalDate day, Instant now) {
      if (!days.contains(day.getDayOfWeek())) {
        return false;
      }
      LocalDate lastDay = start.isBefore(end) ? day : day.plusDays(1);
      return !now.isBefore(day.atTime(start).atZone(zone).toInstant())
          && now.isBefore(lastDay.atTime(end).atZone(zone).toInstant());
    }
  }
}
