package dev.cpra.manifest.kind;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.Map;
import java.util.regex.Pattern;

/// `notify: alertmanager`
public final class AlertmanagerKind implements Kind<AlertmanagerConfig> {
  private static final Pattern LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private static final Shape SHAPE =
      Shape.of(
          "Alerts sent to Prometheus' Alertmanager.",
          Field.of("url", Type.HTTP_URL, "Where it listens, without `/api/v2/alerts`.")
              .need()
              .hide(),
          Header.FIELD,
          Field.of("labels", Type.LABELS, "Labels of every alert, unless the monitor has its own."),
          Field.of(
                  "expires",
                  Type.DURATION,
                  "How long an alert stays that is neither repeated (`remind`) nor ended.")
              .or(86_400_000_000_000L),
          AlertTexts.FIELD);

  @Override
  public Section section() {
    return Section.NOTIFY;
  }

  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public AlertmanagerConfig read(Fields fields) {
    Map<String, String> labels = fields.entries("labels", String.class);
    for (String label : labels.keySet()) {
      if (!LABEL.matcher(label).matches()) {
        fields.problem("labels", "expected names of letters, digits and `_`");
      }
    }
    String url = fields.text("url");
    if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
      fields.problem("url", "expected a URL without `?` and `#`");
    }
    return fields.share(
        new AlertmanagerConfig(
            url,
            Header.read(fields),
            Map.copyOf(labels),
            fields.nanos("expires"),
            AlertTexts.read(fields)));
  }
}
