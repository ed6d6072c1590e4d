package dev.cpra.manifest.kind;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.Kind;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;

/// `action: exec`
public final class ExecAction implements Kind<ExecConfig> {
  @Override
  public Section section() {
    return Section.INTERVENTION;
  }

  @Override
  public String name() {
    return "exec";
  }

  @Override
  public Shape shape() {
    return ExecKind.ACTION;
  }

  @Override
  public ExecConfig read(Fields fields) {
    return ExecKind.config(fields);
  }
}
