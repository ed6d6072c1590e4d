package dev.cpra.engine.ecs;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results.With1;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What the ECS engine's design rests on: what Dominion charges for its operations. Per entity.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DominionBenchmark {
  private static final int ENTITIES = 8_192;

  /// Visits entities in an order that no cache likes, as slots and outcomes do. Coprime to every
  /// number of entities used.
  private static final int STEP = 7_919;

  private static final class Hot {
    private int failures;
  }

  private static final class Tag {
    private static final Tag ONE = new Tag();
  }

  private enum Phase {
    IDLE,
    IN_FLIGHT
  }

  /// A world with entities.
  @State(Scope.Thread)
  public static class Populated {
    /// How many.
    @Param({"100000", "1000000"})
    public int monitors;

    private Dominion world = Dominion.create();
    private Entity[] entity = new Entity[0];
    private Hot[] hot = new Hot[0];
    private int at;

    /// Creates them.
    @Setup
    public void create() {
      world.close();
      world = Dominion.create();
      entity = new Entity[monitors];
      hot = new Hot[monitors];
      for (int m = 0; m < monitors; m++) {
        hot[m] = new Hot();
        entity[m] = world.createEntity(hot[m]).setState(Phase.IDLE);
      }
      at = 0;
    }

    /// Closes the world.
    @TearDown
    public void close() {
      world.close();
    }

    private int next() {
      at = (at + STEP) % monitors;
      return at;
    }
  }

  /// A world without entities.
  @State(Scope.Thread)
  public static class Empty {
    private Dominion world = Dominion.create();

    /// Makes a fresh one.
    @Setup(Level.Invocation)
    public void make() {
      world = Dominion.create();
    }

    /// Closes it.
    @TearDown(Level.Invocation)
    public void close() {
      world.close();
    }
  }

  /// An entity with one component is created in a fresh world.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public Object create(Empty empty) {
    Object last = empty;
    for (int i = 0; i < ENTITIES; i++) {
      last = empty.world.createEntity(new Hot());
    }
    return last;
  }

  /// A field is changed through a reference of our own.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public int fieldInPlace(Populated populated) {
    int sum = 0;
    for (int i = 0; i < ENTITIES; i++) {
      sum += ++populated.hot[populated.next()].failures;
    }
    return sum;
  }

  /// A field is changed through the entity.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public int fieldThroughEntity(Populated populated) {
    int sum = 0;
    for (int i = 0; i < ENTITIES; i++) {
      sum += ++populated.entity[populated.next()].get(Hot.class).failures;
    }
    return sum;
  }

  /// A component comes and goes at once.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public int addAndRemove(Populated populated) {
    int removed = 0;
    for (int i = 0; i < ENTITIES; i++) {
      Entity entity = populated.entity[populated.next()];
      entity.add(Tag.ONE);
      removed += entity.removeType(Tag.class) ? 1 : 0;
    }
    return removed;
  }

  /// A state is set and set back.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public Object setState(Populated populated) {
    Object last = populated;
    for (int i = 0; i < ENTITIES; i++) {
      Entity entity = populated.entity[populated.next()];
      entity.setState(Phase.IN_FLIGHT);
      last = entity.setState(Phase.IDLE);
    }
    return last;
  }

  /// One entity more of a query over all of them; a query that ended begins anew.
  @Benchmark
  @OperationsPerInvocation(ENTITIES)
  public int query(Queried queried) {
    int sum = 0;
    for (int i = 0; i < ENTITIES; i++) {
      if (!queried.entities.hasNext()) {
        queried.begin();
      }
      sum += queried.entities.next().comp().failures;
    }
    return sum;
  }

  /// A query that goes on from invocation to invocation.
  @State(Scope.Thread)
  public static class Queried {
    private final Populated all = new Populated();

    /// How many entities there are.
    @Param({"100000", "1000000"})
    public int monitors;

    private Iterator<With1<Hot>> entities = Collections.emptyIterator();

    /// Creates them.
    @Setup
    public void create() {
      all.monitors = monitors;
      all.create();
      begin();
    }

    /// Closes the world.
    @TearDown
    public void close() {
      all.close();
    }

    private void begin() {
      entities = all.world.findEntitiesWith(Hot.class).iterator();
    }
  }
}
