package dev.cpra.manifest.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.TcpConfig;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private static MonitorSpec monitor(String name, List<String> groups, Map<String, String> labels) {
    return new MonitorSpec(
        name,
        true,
        MonitorRules.of(1_000, 500),
        TcpConfig.connect("h", 1),
        null,
        Map.of(),
        0,
        Map.of(),
        labels,
        groups,
        List.of());
  }

  private static final MonitorSpec WEB =
      monitor("web-1", List.of("web", "eu"), Map.of("env", "test"));

  @Test
  void everythingGivenMustFit() {
    assertThat(Selector.ALL.matches(WEB)).isTrue();
    assertThat(new Selector("web-*", "eu", Map.of("env", "test")).matches(WEB)).isTrue();
    assertThat(new Selector("db-*", "eu", Map.of("env", "test")).matches(WEB)).isFalse();
    assertThat(new Selector("web-*", "us", Map.of("env", "test")).matches(WEB)).isFalse();
    assertThat(new Selector("web-*", "eu", Map.of("env", "live")).matches(WEB)).isFalse();
    assertThat(new Selector(null, null, Map.of("tier", "1")).matches(WEB)).isFalse();
  }

  @Test
  void aStarStandsForAnythingAndNothingElseDoes() {
    // The regular expression is the naive model.
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      String pattern = letters(random, "ab*.", 7);
      String text = letters(random, "ab.", 9);
      String regex = pattern.replace(".", "\\.").replace("*", ".*");
      assertThat(Selector.glob(pattern, text))
          .as("%s against %s", pattern, text)
          .isEqualTo(text.matches(regex));
    }
  }

  private static String letters(SplittableRandom random, String of, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      text.append(of.charAt(random.nextInt(of.length())));
    }
    return text.toString();
  }

  @Test
  void aSilenceHoldsFromItsFirstInstantToBeforeItsLast() {
    Silence silence = new Silence(Selector.ALL, NOON, NOON.plusSeconds(60), "moving");
    assertThat(silence.covers(WEB, NOON.minusNanos(1))).isFalse();
    assertThat(silence.covers(WEB, NOON)).isTrue();
    assertThat(silence.covers(WEB, NOON.plusSeconds(60).minusNanos(1))).isTrue();
    assertThat(silence.covers(WEB, NOON.plusSeconds(60))).isFalse();
    Silence other = new Silence(new Selector("db", null, Map.of()), NOON, NOON.plusSeconds(1), "x");
    assertThat(Silence.find(List.of(other, silence), WEB, NOON)).isSameAs(silence);
    assertThat(Silence.find(List.of(other), WEB, NOON)).isNull();
    assertThatThrownBy(() -> new Silence(Selector.ALL, NOON, NOON, "never"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after `from`");
  }

  private static Window.Weekly weekly(Set<DayOfWeek> days, String start, String end, String zone) {
    return new Window.Weekly(days, LocalTime.parse(start), LocalTime.parse(end), ZoneId.of(zone));
  }

  private static boolean in(Window window, String instant) {
    return window.contains(Instant.parse(instant));
  }

  @Test
  void aWindowThatPassesMidnightBelongsToTheDayItStartsOn() {
    Window friday = weekly(Set.of(DayOfWeek.FRIDAY), "22:00", "02:00", "UTC");
    assertThat(in(friday, "2026-03-06T21:59:59Z")).isFalse();
    assertThat(in(friday, "2026-03-06T22:00:00Z")).isTrue();
    assertThat(in(friday, "2026-03-07T01:59:59Z")).isTrue();
    assertThat(in(friday, "2026-03-07T02:00:00Z")).isFalse();
    assertThat(in(friday, "2026-03-06T01:00:00Z")).isFalse();
    assertThat(in(friday, "2026-03-07T23:00:00Z")).isFalse();
    Window day = weekly(Set.of(DayOfWeek.FRIDAY), "00:00", "00:00", "UTC");
    assertThat(in(day, "2026-03-06T00:00:00Z")).isTrue();
    assertThat(in(day, "2026-03-06T23:59:59Z")).isTrue();
    assertThat(in(day, "2026-03-07T00:00:00Z")).isFalse();
  }

  @Test
  void aWindowFollowsTheWallClockThroughBothChanges() { // kills one that counts in UTC
    Window night = weekly(EnumSet.allOf(DayOfWeek.class), "02:00", "04:00", "Europe/Berlin");
    assertThat(in(night, "2026-03-28T01:00:00Z")).isTrue(); // 02:00 winter
    assertThat(in(night, "2026-03-28T03:00:00Z")).isFalse();
    // 29 March: 02:00 does not exist and is 03:00, so one hour is left.
    assertThat(in(night, "2026-03-29T00:59:59Z")).isFalse();
    assertThat(in(night, "2026-03-29T01:00:00Z")).isTrue();
    assertThat(in(night, "2026-03-29T01:59:59Z")).isTrue();
    assertThat(in(night, "2026-03-29T02:00:00Z")).isFalse();
    assertThat(in(night, "2026-03-30T00:00:00Z")).isTrue(); // 02:00 summer
    // 25 October: 02:00 comes twice, the window has three hours.
    assertThat(in(night, "2026-10-25T00:00:00Z")).isTrue();
    assertThat(in(night, "2026-10-25T02:59:59Z")).isTrue();
    assertThat(in(night, "2026-10-25T03:00:00Z")).isFalse();
  }

  @Test
  void maintenanceNeedsBothWindowAndMonitor() {
    Maintenance web =
        new Maintenance(
            new Selector("web-*", null, Map.of()),
            new Window.Once(NOON, NOON.plusSeconds(60)),
            "patches");
    assertThat(web.covers(WEB, NOON)).isTrue();
    assertThat(web.covers(WEB, NOON.plusSeconds(60))).isFalse();
    assertThat(web.covers(monitor("db", List.of(), Map.of()), NOON)).isFalse();
    assertThat(Maintenance.find(List.of(web), WEB, NOON)).isSameAs(web);
  }
}
