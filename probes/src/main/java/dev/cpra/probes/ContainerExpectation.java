package dev.cpra.probes;

import dev.cpra.manifest.kind.DockerConfig;
import dev.cpra.manifest.kind.HttpConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the Docker engine must say of a container (`GET /containers/NAME/json`): it runs, and its
/// own health check, if it has one, is content. Immutable.
final class ContainerExpectation extends Expectation {
  /// Most bytes of the engine's answer; labels and environments of a container may be long.
  private static final int BYTES_MAX = 1 << 20;

  private final boolean requireHealth;
  private final boolean allowStarting;

  ContainerExpectation(DockerConfig config) {
    super(HttpConfig.Expect.DEFAULT, BYTES_MAX);
    this.requireHealth = config.requireHealth();
    this.allowStarting = config.allowStarting();
  }

  @Override
  boolean acceptsStatus(int status) {
    return status == 200;
  }

  @Override
  Wrong wrongStatus(int status) {
    return status == 404 ? unhealthy("there is no such container") : super.wrongStatus(status);
  }

  @Override
  boolean needsBody() {
    return true;
  }

  @Override
  @Nullable Wrong wrongBody(@Nullable ByteBuf body) {
    JsonNode state;
    try {
      byte[] bytes = ByteBufUtil.getBytes(body == null ? Unpooled.EMPTY_BUFFER : body);
      state = JsonExpectation.JSON.readTree(bytes).path("State");
    } catch (JacksonException _) {
      return protocol();
    }
    if (!state.path("Running").isBoolean()) {
      return protocol();
    }
    if (!state.path("Running").booleanValue()) {
      return unhealthy("the container does not run");
    }
    if (state.path("Paused").asBoolean(false)) {
      return unhealthy("the container is paused");
    }
    if (state.path("Restarting").asBoolean(false)) {
      return unhealthy("the container is restarting");
    }
    return switch (state.path("Health").path("Status").asString("none")) {
      case "healthy" -> null;
      case "starting" ->
          allowStarting ? null : unhealthy("the container's health check has not spoken yet");
      case "none", "" ->
          requireHealth ? unhealthy("the container has no health check of its own") : null;
      case "unhealthy" -> unhealthy("the container's health check says unhealthy");
      default -> protocol();
    };
  }

  private static Wrong unhealthy(String text) {
    return new Wrong(Reason.UNHEALTHY, text);
  }

  private static Wrong protocol() {
    return new Wrong(Reason.PROTOCOL, "the answer is not that of a Docker engine");
  }
}
