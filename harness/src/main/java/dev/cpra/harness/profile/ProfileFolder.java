package dev.cpra.harness.profile;

import dev.cpra.harness.report.Reports;
import dev.cpra.harness.result.FlameLinks;
import dev.cpra.harness.result.ResultFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The folder `flames`: flame graphs, recordings, a page that says what they are, and the list that
/// a report beside it links. Every file appears whole or not at all. Used by one thread.
final class ProfileFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String load;
  private final Path out;
  private final Path folder;
  private final String time = TIME.format(Instant.now());
  private final String pageName;
  private final StringBuilder page = new StringBuilder();

  ProfileFolder(String load, ProfileOptions options, Path given, List<String> variants) {
    this.load = load;
    this.out = options.out();
    this.folder = out.resolve(FlameLinks.FOLDER);
    this.pageName = fileName(String.join("-", variants)) + "-" + options.event().key() + ".md";
    String command = options.commandFor(given, variants);
    page.append("# Profile of ").append(load).append(", ").append(options.event().key());
    page.append("\n\n").append(time).append(". Again: `").append(command).append("`\n\n");
    page.append(
        "Measured phases only: not loading, not warm-up, not draining. The figures per job\n");
    page.append(
        "come from runs with a profiler on and with few samples; they say where it goes.\n\n");
  }

  /// Where it is.
  Path path() {
    return folder;
  }

  /// Adds one variant's flame graph, its recording and its stacks.
  void add(Profiled profiled, Path recording) throws IOException {
    String event = profiled.event().key();
    String name = fileName(profiled.variant()) + "-" + event;
    Files.createDirectories(folder);
    ResultFiles.write(Files.readAllBytes(recording), folder.resolve(name + ".jfr"));
    write(String.join("\n", profiled.stacks().lines()) + "\n", name + ".collapsed");
    FlameGraphs.write(
        profiled.stacks(),
        "%s, %s: %s in %s".formatted(load, profiled.variant(), event, unit(profiled)),
        folder.resolve(name + ".html"));
    String caption =
        String.format(
            Locale.ROOT,
            "%s, %s by %s, %,d samples, %s",
            profiled.variant(),
            event,
            profiled.started(),
            profiled.samples(),
            time);
    link(new FlameLinks.Link(name + ".html", name + ".jfr", caption));
    page.append("## [").append(profiled.variant()).append("](").append(name).append(".html)\n\n");
    page.append(ProfileText.head(profiled)).append(".\n");
    if (!profiled.warning().isEmpty()) {
      page.append("Note: ").append(profiled.warning()).append(".\n");
    }
    if (profiled.samples() > 0) {
      page.append("Threads: ").append(ProfileText.threads(profiled)).append(".\n\n");
    }
    ProfileText.tables(profiled).forEach(table -> page.append(ProfileText.markdown(table)));
    write(page.toString(), pageName);
  }

  /// Adds the flame graph of `after`, coloured by how its cost per job differs from `before`'s.
  void addDifference(Profiled before, Profiled after) throws IOException {
    String event = after.event().key();
    String name =
        "%s-against-%s-%s".formatted(fileName(after.variant()), fileName(before.variant()), event);
    FlameGraphs.writeDifference(
        before.perMillionJobs(),
        after.perMillionJobs(),
        "%s, %s: %s in %s per million jobs; red: more than %s, blue: less, yellow: not in it"
            .formatted(load, after.variant(), event, unit(after), before.variant()),
        folder.resolve(name + ".html"));
    link(
        new FlameLinks.Link(
            name + ".html",
            null,
            "%s against %s, %s per job, %s"
                .formatted(after.variant(), before.variant(), event, time)));
    ProfileText.Table table = ProfileText.difference(before, after);
    page.append("## [").append(after.variant()).append(" against ").append(before.variant());
    page.append("](").append(name).append(".html)\n\n");
    page.append(ProfileText.markdown(table));
    write(page.toString(), pageName);
  }

  private static String unit(Profiled profiled) {
    return profiled.event().unit().symbol();
  }

  private void link(FlameLinks.Link link) throws IOException {
    FlameLinks links = FlameLinks.read(out);
    FlameLinks kept =
        links == null || !links.load().equals(load) ? new FlameLinks(load, List.of()) : links;
    kept.with(link).write(out);
  }

  private void write(String text, String name) throws IOException {
    ResultFiles.write(text.getBytes(StandardCharsets.UTF_8), folder.resolve(name));
  }

  /// Writes the report beside the folder anew, if there is one of the same load, so that it links
  /// the flame graphs.
  void refreshReport() throws IOException {
    if (Files.exists(out.resolve(Reports.TRIALS))) {
      var _ = Reports.write(Reports.read(out), out);
    }
  }

  /// A variant's name with nothing in it that a file system or a link would stumble over.
  private static String fileName(String variant) {
    return variant.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
