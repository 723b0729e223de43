package org.godwit.app.panel;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ClusterView;
import org.godwit.model.view.NodeView;
import org.godwit.model.view.ProcessView;
import org.godwit.model.view.TransferView;

/** Pictures of clusters put together by hand. */
public final class Clusters {
  /** A virtual second. */
  public static final long SECOND = 1_000_000_000L;

  private Clusters() {}

  /** A process in every detail that a test may want to differ in. */
  public static final class Proc {
    private final ProcessId id;
    private final String program;
    private int where;
    private ProcessView.State state = ProcessView.State.RUNNING;
    private boolean lock;
    private double cpu = 1;
    private long arrived;
    private List<StayEvidence> reasons = List.of();
    private Long watch;

    private Proc(ProcessId id, String program) {
      this.id = id;
      this.program = program;
      this.where = id.home();
    }

    /** Runs there. */
    public Proc on(int node) {
      where = node;
      return this;
    }

    /** Is in that state. */
    public Proc state(ProcessView.State now) {
      state = now;
      return this;
    }

    /** Has 1 in its lock. */
    public Proc locked() {
      lock = true;
      return this;
    }

    /** Uses that share of a CPU. */
    public Proc cpu(double share) {
      cpu = share;
      return this;
    }

    /** Came where it is at that time. */
    public Proc arrived(long nanos) {
      arrived = nanos;
      return this;
    }

    /** Is held by that. */
    public Proc stays(StayReason reason) {
      reasons = List.of(new StayEvidence(reason, "shmget", 0x1034c, 7, 2 * SECOND));
      return this;
    }

    /** Its watched variable has that value. */
    public Proc watch(long value) {
      watch = value;
      return this;
    }

    /** As a view. */
    public ProcessView view() {
      return new ProcessView(
          id, program, List.of(), 0, "l", where, state, "", lock, reasons, 1, SECOND, cpu, 60, 41,
          0, 0, 1000, 0, arrived, -1, 0x10428, watch);
    }
  }

  /** A process. */
  public static Proc process(int home, int pid, String program) {
    return new Proc(new ProcessId(home, pid), program);
  }

  /** A node of 2 CPUs that is up. */
  public static NodeView node(int id, NodeSwitch... switches) {
    return new NodeView(
        new NodeSpec(id, "node" + id, 2, 800, 8000, 256L << 20, 0, 0),
        NodeView.Status.UP,
        0,
        List.of(switches),
        List.of(new NodeView.CpuView(1, null), new NodeView.CpuView(0.5, null)),
        30L << 20,
        1,
        0.75,
        0,
        0,
        10 * SECOND,
        -1,
        null);
  }

  /** Two nodes and these processes. */
  public static ClusterView of(Proc... processes) {
    return of(List.of(node(1), node(2)), processes);
  }

  /** These nodes and processes. */
  public static ClusterView of(List<NodeView> nodes, Proc... processes) {
    return of(nodes, List.of(), processes);
  }

  /** These nodes, transfers and processes. */
  public static ClusterView of(
      List<NodeView> nodes, List<TransferView> transfers, Proc... processes) {
    List<ProcessView> views = new ArrayList<>();
    for (Proc process : processes) {
      views.add(process.view());
    }
    return new ClusterView(
        9 * SECOND,
        100,
        "openmosix",
        "2.4.26",
        nodes,
        List.of(),
        views,
        transfers,
        List.of(),
        0,
        0.75,
        0);
  }

  /** A sample with that load, 100 forwarded calls and 4096 bytes sent. */
  public static Sample sample(long atNanos, int node, double load) {
    return new Sample(atNanos, node, load, load, 1, 30L << 20, 100, 4096, 0, 0);
  }

  /** An event. */
  public static Event event(long atNanos, int node, Happening what) {
    return new Event(atNanos, node, atNanos, what);
  }

  /** A finished migration, frozen at {@code frozen} for 10 ms. */
  public static Migration migration(ProcessId process, int from, int to, long frozen) {
    return new Migration(
        1,
        process,
        from,
        to,
        MoveCause.BALANCER,
        frozen - 2_000_000,
        frozen - 1_000_000,
        frozen,
        frozen + 9_000_000,
        frozen + 10_000_000,
        41,
        3,
        168_536);
  }

  /** A decision that weighed {@code process} against node 2 and chose nobody. */
  public static Decision weighed(ProcessId process) {
    return new Decision(
        "openmosix",
        3,
        2,
        8000,
        List.of(
            new Decision.Candidate(
                process,
                0.66,
                null,
                List.of(
                    new Decision.Target(
                        2, 600_000_000, 1.5, 5333, 4923, -0.4, 0.012, 0, Problem.of("too.low"))))),
        Problem.of("nobody"),
        null,
        0);
  }
}
