package dev.cpra.manifest.kind;

import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.NotifyConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP request that tells somebody (a code) or makes somebody act (an intervention).
///
/// @param url `http` or `https`; its path may be a secret and is not printed
/// @param method in capitals
/// @param headers sent with the request, in this order
/// @param body what is sent, with `{{name}}`, `{{code}}` and the like still in place; null for the
///   implementation's own JSON
/// @param retries further tries within one attempt
public record WebhookConfig(
    String url, String method, List<Header> headers, @Nullable String body, int retries)
    implements InterventionConfig, NotifyConfig {

  /// A POST with the implementation's own body.
  public static WebhookConfig post(String url) {
    return new WebhookConfig(url, "POST", List.of(), null, 0);
  }

  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + method + " " + Redaction.origin(url) + ", headers=" + headers + "]";
  }
}
