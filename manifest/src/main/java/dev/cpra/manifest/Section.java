package dev.cpra.manifest;

/// The parts of a monitor whose form depends on a kind that the manifest names.
public enum Section {
  /// `pulse_check: {type: KIND, config: {...}}`
  PULSE("check", "type", "config"),
  /// `intervention: {action: KIND, target: {...}}`
  INTERVENTION("intervention", "action", "target"),
  /// `codes: {red: {notify: KIND, config: {...}}}`
  NOTIFY("code", "notify", "config");

  private final String noun;
  private final String kindKey;
  private final String configKey;

  Section(String noun, String kindKey, String configKey) {
    this.noun = noun;
    this.kindKey = kindKey;
    this.configKey = configKey;
  }

  /// What a kind of this section is, in error messages.
  public String noun() {
    return noun;
  }

  /// The key that names the kind.
  public String kindKey() {
    return kindKey;
  }

  /// The key whose value the kind reads.
  public String configKey() {
    return configKey;
  }
}
