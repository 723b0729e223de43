package org.godwit.model.scenario;

import java.util.List;

/**
 * A cluster and what happens in it: everything, beside the programs' bytes, that a session's course
 * depends on.
 *
 * @param name file name without ending, e.g. {@code seed-spin}
 * @param title one line for people, per language tag ({@code en}, {@code ja})
 * @param about what it shows and what to look for, per language tag
 * @param seed seed of every draw
 * @param forNanos how long a headless run of it goes on by default
 * @param clockDivisor modelled instructions that one retired instruction stands for, at least 1
 *     (decision 3)
 * @param kernel kernel version of the whole cluster
 * @param policy name of the balancing policy
 * @param epochSeconds CLOCK_REALTIME at virtual time 0, in seconds since 1970
 * @param costs cost model
 * @param network defaults of links
 * @param nodes the nodes at time 0, by number
 * @param links the links at time 0; if empty every pair of nodes is linked with the defaults
 * @param script commands that happen by themselves, by time
 * @param migration how processes cross; null for stop-and-copy
 */
public record Scenario(
    String name,
    LocalText title,
    LocalText about,
    long seed,
    long forNanos,
    int clockDivisor,
    KernelVersion kernel,
    String policy,
    long epochSeconds,
    CostModel costs,
    LinkDefaults network,
    List<NodeSpec> nodes,
    List<LinkSpec> links,
    List<Step> script,
    MigrationMethod migration) {
  public Scenario {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    script = List.copyOf(script);
  }

  /** One whose processes cross as in openMosix. */
  public Scenario(
      String name,
      LocalText title,
      LocalText about,
      long seed,
      long forNanos,
      int clockDivisor,
      KernelVersion kernel,
      String policy,
      long epochSeconds,
      CostModel costs,
      LinkDefaults network,
      List<NodeSpec> nodes,
      List<LinkSpec> links,
      List<Step> script) {
    this(
        name,
        title,
        about,
        seed,
        forNanos,
        clockDivisor,
        kernel,
        policy,
        epochSeconds,
        costs,
        network,
        nodes,
        links,
        script,
        null);
  }

  /** How processes cross. */
  public MigrationMethod method() {
    return migration == null ? MigrationMethod.STOP_AND_COPY : migration;
  }

  /** The same with another way of crossing. */
  public Scenario with(MigrationMethod other) {
    return new Scenario(
        name,
        title,
        about,
        seed,
        forNanos,
        clockDivisor,
        kernel,
        policy,
        epochSeconds,
        costs,
        network,
        nodes,
        links,
        script,
        other == MigrationMethod.STOP_AND_COPY ? null : other);
  }

  /** The same with another script. */
  public Scenario withScript(List<Step> script) {
    return new Scenario(
        name,
        title,
        about,
        seed,
        forNanos,
        clockDivisor,
        kernel,
        policy,
        epochSeconds,
        costs,
        network,
        nodes,
        links,
        script,
        migration);
  }
}
