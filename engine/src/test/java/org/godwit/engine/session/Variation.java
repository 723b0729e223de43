package org.godwit.engine.session;

import java.util.ArrayList;
import java.util.List;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.CostModel;
import org.godwit.model.scenario.KernelVersion;
import org.godwit.model.scenario.LinkDefaults;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.LocalText;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/**
 * A scenario with some of its settings changed.
 *
 * @param base the scenario that it differs from
 */
record Variation(Scenario base) {
  /**
   * The divisor of the runs over many seeds. One retired instruction then stands for 10,000
   * modelled ones and nothing else changes (decision 3): CPU shares, loads, gossip, costs and the
   * instants of all decisions live in virtual time. So a program that computes without end gives
   * the balancer the same figures as at the scenario's own divisor, and one that computes for a
   * given time between calls does so if its work is scaled along. Each scenario runs at its own
   * divisor too, with one seed.
   */
  static final int QUICK = 10_000;

  /**
   * The same for programs that only compute. One that makes calls would take as long for each of
   * them as for its work.
   */
  static final int QUICK_LOOPS = 40_000;

  /**
   * The same for programs with shared memory or threads, which the engine carries forward one step
   * of the grid at a time (decision 4): a step that holds no instruction costs nothing.
   */
  static final int QUICK_SHARED = 100_000;

  /**
   * Whether the runs over many seeds keep the scenario's own divisor: the slow run of docs/seed.md
   * does, with {@code -Dgodwit.ownDivisor=true}.
   */
  static final boolean OWN_DIVISOR = Boolean.getBoolean("godwit.ownDivisor");

  /**
   * Translates what has run for long, on the thread that runs the guest; all runs share what it has
   * made. That the interpreter gives the same is asserted elsewhere ({@code EqualityTest}).
   */
  private static final Engine TRANSLATOR = Engine.translator(Runnable::run);

  /** Memory of nodes that are made here. */
  private static final long MEMORY = 256L << 20;

  static Variation of(String scenario) {
    return new Variation(OnBoard.scenario(scenario));
  }

  /** Nodes of 800 MHz linked with each other, numbered from 1, with these numbers of CPUs. */
  static Variation cluster(int... cpus) {
    List<NodeSpec> nodes = new ArrayList<>();
    for (int i = 0; i < cpus.length; i++) {
      nodes.add(node(i + 1, cpus[i], 1.0));
    }
    return new Variation(
        new Scenario(
            "test",
            new LocalText("test", "test"),
            new LocalText("", ""),
            1,
            60_000_000_000L,
            QUICK,
            KernelVersion.V2_4_26,
            "openmosix",
            1_000_000_000L,
            CostModel.DEFAULT,
            LinkDefaults.DEFAULT,
            nodes,
            List.of(),
            List.of()));
  }

  /** A node whose clock is {@code factor} times 800 MHz, and known to be. */
  static NodeSpec node(int id, int cpus, double factor) {
    int mhz = (int) Math.round(800 * factor);
    return new NodeSpec(id, "node" + id, cpus, mhz, mhz * 10, MEMORY, 0, 0);
  }

  Variation seed(long seed) {
    return with(seed, base.clockDivisor(), base.kernel(), base.policy());
  }

  Variation quick() {
    return quick(QUICK);
  }

  /** For a run over many seeds. */
  Variation quick(int divisor) {
    return OWN_DIVISOR ? this : divisor(divisor);
  }

  Variation divisor(int divisor) {
    return with(base.seed(), divisor, base.kernel(), base.policy());
  }

  Variation kernel(KernelVersion kernel) {
    return with(base.seed(), base.clockDivisor(), kernel, base.policy());
  }

  Variation policy(String policy) {
    return with(base.seed(), base.clockDivisor(), base.kernel(), policy);
  }

  Variation nodes(List<NodeSpec> nodes) {
    return with(nodes, base.links(), base.script());
  }

  /** With these links and no others. */
  Variation links(LinkSpec... links) {
    return with(base.nodes(), List.of(links), base.script());
  }

  Variation script(List<Step> script) {
    return with(base.nodes(), base.links(), script);
  }

  /** All nodes but the first get that many CPUs. */
  Variation peerCpus(int cpus) {
    return nodes(
        base.nodes().stream()
            .map(
                each ->
                    each.id() == base.nodes().getFirst().id()
                        ? each
                        : new NodeSpec(
                            each.id(),
                            each.name(),
                            cpus,
                            each.mhz(),
                            each.speed(),
                            each.memoryBytes(),
                            each.x(),
                            each.y()))
            .toList());
  }

  /** A program's launches get these arguments. */
  Variation arguments(String program, String... arguments) {
    return script(
        base.script().stream()
            .map(
                step ->
                    step.command() instanceof Command.Launch launch
                            && launch.program().equals(program)
                        ? new Step(
                            step.atNanos(),
                            new Command.Launch(
                                launch.launch(),
                                launch.node(),
                                program,
                                List.of(arguments),
                                launch.count(),
                                launch.locked()))
                        : step)
            .toList());
  }

  /** One more launch, at the start, of unlocked copies on node 1. */
  Variation launch(String launch, String program, int count, String... arguments) {
    List<Step> script = new ArrayList<>(base.script());
    script.add(
        new Step(0, new Command.Launch(launch, 1, program, List.of(arguments), count, false)));
    return script(script);
  }

  Session open() {
    return OnBoard.open(base, SessionOptions.DEFAULT.with(TRANSLATOR));
  }

  private Variation with(long seed, int divisor, KernelVersion kernel, String policy) {
    return with(seed, divisor, kernel, policy, base.nodes(), base.links(), base.script());
  }

  private Variation with(List<NodeSpec> nodes, List<LinkSpec> links, List<Step> script) {
    return with(
        base.seed(), base.clockDivisor(), base.kernel(), base.policy(), nodes, links, script);
  }

  private Variation with(
      long seed,
      int divisor,
      KernelVersion kernel,
      String policy,
      List<NodeSpec> nodes,
      List<LinkSpec> links,
      List<Step> script) {
    return new Variation(
        new Scenario(
            base.name(),
            base.title(),
            base.about(),
            seed,
            base.forNanos(),
            divisor,
            kernel,
            policy,
            base.epochSeconds(),
            base.costs(),
            base.network(),
            nodes,
            links,
            script));
  }
}
