package org.godwit.engine.session.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.engine.time.Grid;
import org.godwit.engine.time.Purpose;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.command.Command;
import org.godwit.model.scenario.JobStream;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.scenario.Step;

/** Turns a stream of jobs into steps of a scenario's script. */
public final class Arrivals {
  private static final int KIB = 1024;

  /** What of a job a draw is for; the owner of its draws. */
  private enum Trait {
    GAP,
    NODE,
    WORK,
    MEMORY
  }

  private final JobStream jobs;
  private final Scenario scenario;
  private final Draws draws;

  private Arrivals(JobStream jobs, Scenario scenario) {
    this.jobs = jobs;
    this.scenario = scenario;
    this.draws = new Draws(scenario.seed());
  }

  /**
   * {@code scenario} with the arrivals of {@code jobs} in its script; its seed decides on them.
   *
   * @throws ProblemException if a node of the stream does not exist
   */
  public static Scenario into(Scenario scenario, JobStream jobs) throws ProblemException {
    for (int node : jobs.on()) {
      if (scenario.nodes().stream().noneMatch(each -> each.id() == node)) {
        throw new ProblemException(Problem.of("command.no-node", node));
      }
    }
    List<Step> script = new ArrayList<>(scenario.script());
    script.addAll(new Arrivals(jobs, scenario).steps());
    script.sort(Comparator.comparingLong(Step::atNanos));
    return scenario.withScript(script);
  }

  private List<Step> steps() {
    int fastest = scenario.nodes().stream().mapToInt(NodeSpec::mhz).max().orElseThrow();
    List<Step> steps = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < jobs.count(); i++) {
      at -= jobs.everyNanos() * StrictMath.log(1 - share(Trait.GAP, i));
      double nanos = oneOver(Trait.WORK, i, jobs.leastNanos(), jobs.mostNanos());
      double bytes = oneOver(Trait.MEMORY, i, jobs.leastBytes(), jobs.mostBytes());
      long instructions = (long) (nanos * fastest / 1000 / scenario.clockDivisor());
      int node = jobs.on().get((int) (share(Trait.NODE, i) * jobs.on().size()));
      steps.add(
          new Step(
              Grid.floor((long) at, Grid.STEP_NANOS),
              new Command.Launch(
                  "job" + (i + 1),
                  node,
                  jobs.program(),
                  List.of(
                      Long.toString(Math.max(1, instructions / 1000)),
                      Long.toString((long) (bytes / KIB))),
                  1,
                  false)));
    }
    return steps;
  }

  /** From 0 on, less than 1. */
  private double share(Trait trait, int job) {
    return (draws.bits(Purpose.EXPERIMENT, trait.ordinal(), job) >>> 11) * 0x1p-53;
  }

  /** P(more than x) = least / x, up to {@code most}. */
  private double oneOver(Trait trait, int job, long least, long most) {
    return Math.min(most, least / (1 - share(trait, job)));
  }
}
