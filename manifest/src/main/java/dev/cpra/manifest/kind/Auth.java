package dev.cpra.manifest.kind;

/// How a check proves who it is.
public sealed interface Auth {
  /// A user and a password (RFC 7617).
  ///
  /// @param user without a colon
  /// @param password never printed
  record Basic(String user, Secret password) implements Auth {}

  /// A token (RFC 6750).
  ///
  /// @param token never printed
  record Bearer(Secret token) implements Auth {}
}
