package dev.cpra.manifest.kind;

/// Shortens what may hold a secret.
final class Redaction {
  private Redaction() {}

  /// The URL without its query and fragment.
  static String url(String url) {
    int query = url.indexOf('?');
    int fragment = url.indexOf('#');
    int end = Math.min(query < 0 ? url.length() : query, fragment < 0 ? url.length() : fragment);
    return end == url.length() ? url : url.substring(0, end) + "?***";
  }

  /// Scheme, host and port only: the path of a hook is its password.
  static String origin(String url) {
    int host = url.indexOf("://") + 3;
    int end = host;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(0, end) + (end < url.length() ? "/***" : "");
  }
}
