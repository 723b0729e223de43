package org.godwit.engine.guests;

import static org.godwit.model.scenario.MigrationMethod.STOP_AND_COPY;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.godwit.engine.session.Engine;
import org.godwit.engine.session.ProgramSource;
import org.godwit.engine.session.Session;
import org.godwit.engine.session.SessionInputs;
import org.godwit.engine.session.SessionOptions;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.MigrationMethod;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ProcessView;

/**
 * A small cluster for tests: equal nodes with one CPU of 800 MHz, all linked to all, no balancer.
 * What is asked of it is asked through the {@link Session}.
 */
final class Lab implements AutoCloseable {
  /** Translates early and at once, so that these guests run translated wherever they can. */
  static final Engine TRANSLATOR = Engine.translator(null);

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000_000_000L;

  /** What a cluster is made of. */
  record Plan(
      int nodes,
      int cpus,
      long memoryMegabytes,
      int divisor,
      KernelVersion version,
      List<LinkSpec> links,
      long migrateEvery,
      ProgramSource programs,
      NodeLimits limits,
      MigrationMethod method) {
    static Plan nodes(int count) {
      return new Plan(
          count,
          1,
          128,
          100,
          KernelVersion.V2_4_26,
          List.of(),
          0,
          Guests.ON_BOARD,
          NodeLimits.DEFAULT,
          STOP_AND_COPY);
    }

    Plan limits(NodeLimits next) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          version,
          links,
          migrateEvery,
          programs,
          next,
          method);
    }

    Plan divisor(int next) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          next,
          version,
          links,
          migrateEvery,
          programs,
          limits,
          method);
    }

    Plan memory(long megabytes) {
      return new Plan(
          nodes, cpus, megabytes, divisor, version, links, migrateEvery, programs, limits, method);
    }

    Plan version(KernelVersion next) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          next,
          links,
          migrateEvery,
          programs,
          limits,
          method);
    }

    Plan migrateEvery(long instructions) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          version,
          links,
          instructions,
          programs,
          limits,
          method);
    }

    Plan links(int megabits) {
      return links(megabits, 100_000);
    }

    Plan links(int megabits, long latencyNanos) {
      List<LinkSpec> slow = new ArrayList<>();
      for (int a = 1; a <= nodes; a++) {
        for (int b = a + 1; b <= nodes; b++) {
          slow.add(new LinkSpec(a, b, megabits, latencyNanos));
        }
      }
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          version,
          slow,
          migrateEvery,
          programs,
          limits,
          method);
    }

    Plan programs(ProgramSource source) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          version,
          links,
          migrateEvery,
          source,
          limits,
          method);
    }

    /** Processes cross in that way. */
    Plan method(MigrationMethod next) {
      return new Plan(
          nodes,
          cpus,
          memoryMegabytes,
          divisor,
          version,
          links,
          migrateEvery,
          programs,
          limits,
          next);
    }

    Lab open() {
      return new Lab(this, SessionInputs.NONE);
    }

    /** As {@link #open}; what is launched on node 1 reads {@code stdin}. */
    Lab open(byte[] stdin) {
      return new Lab(this, new SessionInputs(1, List.of(), stdin));
    }
  }

  final Session session;
  private int launches;

  private Lab(Plan plan, SessionInputs inputs) {
    List<NodeSpec> specs = new ArrayList<>();
    for (int i = 1; i <= plan.nodes; i++) {
      specs.add(
          new NodeSpec(
              i,
              "node" + i,
              plan.cpus,
              800,
              8000,
              plan.memoryMegabytes << 20,
              0,
              0,
              null,
              plan.limits));
    }
    Scenario scenario =
        new Scenario(
            "lab",
            new LocalText("lab", "lab"),
            new LocalText("", ""),
            42,
            0,
            plan.divisor,
            plan.version,
            "none",
            1_000_000_000L,
            CostModel.DEFAULT,
            LinkDefaults.DEFAULT,
            specs,
            plan.links,
            List.of(),
            plan.method == STOP_AND_COPY ? null : plan.method);
    try {
      session =
          Session.open(
              scenario,
              plan.programs,
              new SessionOptions(1, false, false, plan.migrateEvery, TRANSLATOR),
              inputs);
    } catch (ProblemException e) {
      throw new IllegalStateException(e.problem().toString(), e);
    }
  }

  /** Starts a program on node 1. */
  ProcessId launch(String program, String... arguments) {
    return launchOn(1, program, arguments);
  }

  ProcessId launchOn(int node, String program, String... arguments) {
    String id = "L" + ++launches;
    accept(new Command.Launch(id, node, program, List.of(arguments), 1, false));
    return session.launched(id).getFirst();
  }

  void accept(Command command) {
    var record = session.submit(command);
    if (record.refused() != null) {
      throw new IllegalStateException(command + ": " + record.refused());
    }
  }

  void move(ProcessId process, int to) {
    accept(new Command.Migrate(new ProcessRef.ById(process), to));
  }

  void signal(ProcessId process, int signal) {
    accept(new Command.Signal(new ProcessRef.ById(process), signal));
  }

  void forNanos(long nanos) {
    session.advance(session.now() + nanos);
  }

  void step() {
    forNanos(Session.GRID_NANOS);
  }

  /** Runs until {@code done} holds, looking each {@code stepNanos}, or the time is over. */
  boolean until(java.util.function.BooleanSupplier done, long stepNanos, long forNanos) {
    long end = session.now() + forNanos;
    while (!done.getAsBoolean()) {
      if (session.now() >= end) {
        return false;
      }
      forNanos(stepNanos);
    }
    return true;
  }

  /** Runs until every process has ended; false if some has not within {@code forNanos}. */
  boolean toEnd(long forNanos) {
    return until(() -> !session.anyAlive(), 10 * MILLI, forNanos);
  }

  ProcessView view(ProcessId process) {
    return session.view().processes().stream()
        .filter(each -> each.id().equals(process))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no process " + process));
  }

  <H extends Happening> List<H> happened(Class<H> kind, ProcessId process) {
    List<H> found = new ArrayList<>();
    for (Event event : session.events(0)) {
      if (kind.isInstance(event.what())
          && (process == null || process.equals(event.what().process()))) {
        found.add(kind.cast(event.what()));
      }
    }
    return found;
  }

  List<Migration> migrations(ProcessId process) {
    return happened(Happening.Migrated.class, process).stream()
        .map(Happening.Migrated::migration)
        .toList();
  }

  /** What was written to a launch's descriptor: 1 or 2. */
  String wrote(ProcessId process, int descriptor) {
    StringBuilder text = new StringBuilder();
    for (Happening.Output each : happened(Happening.Output.class, null)) {
      if (each.console().equals(process) && each.descriptor() == descriptor) {
        text.append(each.bytes());
      }
    }
    byte[] bytes = text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Exit status of an ended process, 128 + signal if a signal ended it; −1 if it has not ended. */
  int status(ProcessId process) {
    for (Event event : session.events(0)) {
      if (process.equals(event.what().process())) {
        if (event.what() instanceof Happening.Exited exited) {
          return exited.status();
        }
        if (event.what() instanceof Happening.Killed killed) {
          return 128 + killed.signal();
        }
      }
    }
    return -1;
  }

  /** Exit status of every process that has ended. */
  TreeMap<ProcessId, Integer> statuses() {
    TreeMap<ProcessId, Integer> all = new TreeMap<>();
    for (Event event : session.events(0)) {
      if (event.what() instanceof Happening.Exited || event.what() instanceof Happening.Killed) {
        all.put(event.what().process(), status(event.what().process()));
      }
    }
    return all;
  }

  @Override
  public void close() {
    session.close();
  }
}
