package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cpra.manifest.schema.JsonSchema;

/// A document in JSON against the schema of its kind.
record SchemaCheck(Schema schema, String json) {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema MANIFEST =
      REGISTRY.getSchema(JsonSchema.manifest(Kinds.onClassPath()));
  private static final Schema LOAD = REGISTRY.getSchema(JsonSchema.load(Kinds.onClassPath()));

  static SchemaCheck manifest(String json) {
    return new SchemaCheck(MANIFEST, json);
  }

  static SchemaCheck load(String json) {
    return new SchemaCheck(LOAD, json);
  }

  void accepts() {
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  void refuses() {
    assertThat(schema.validate(json, InputFormat.JSON)).as(json).isNotEmpty();
  }
}
