package org.godwit.engine.kernel;

import java.math.BigInteger;
import org.godwit.engine.state.Walk;

/**
 * What a process's owner has told the balancer about it: where it may go (the cluster mask,
 * reference section 3.1) and how fast what is known of it is forgotten (sections 3.3 and 5.3). The
 * deputy holds it, the body has a copy, a child inherits it, exec keeps it.
 *
 * @param filtered whether the mask counts ({@code migfilter})
 * @param nodes the mask: bit n − 1 is node n ({@code mignodes})
 * @param allows whether only the nodes of the mask are allowed, rather than all but them ({@code
 *     migpolicy})
 * @param decay how its statistics fade
 * @param ownSeconds interval of {@link Decay#OWN}
 * @param ownKept thousandths kept in each interval of {@link Decay#OWN}
 * @param job what of its statistics counts
 * @param clears how often its statistics were thrown away
 */
public record Steering(
    boolean filtered,
    BigInteger nodes,
    boolean allows,
    Decay decay,
    int ownSeconds,
    int ownKept,
    Job job,
    int clears) {
  /** How statistics fade. */
  public enum Decay {
    SLOW,
    FAST,
    /** Not at all. */
    NONE,
    /** With an interval and a rate of its own. */
    OWN
  }

  /** Which statistics count. */
  public enum Job {
    ANY,
    /** CPU time only: calls home are disregarded. */
    CPU,
    /** Calls home count twice. */
    IO
  }

  /** What a process has that nobody has told anything about. */
  public static final Steering NONE =
      new Steering(false, BigInteger.ZERO, false, Decay.SLOW, 1, 1000, Job.ANY, 0);

  /** Whether the mask lets it run on a node. */
  public boolean admits(int node) {
    return !filtered || nodes.testBit(node - 1) == allows;
  }

  Steering filtered(boolean value) {
    return new Steering(value, nodes, allows, decay, ownSeconds, ownKept, job, clears);
  }

  Steering nodes(BigInteger value) {
    return new Steering(filtered, value, allows, decay, ownSeconds, ownKept, job, clears);
  }

  Steering allows(boolean value) {
    return new Steering(filtered, nodes, value, decay, ownSeconds, ownKept, job, clears);
  }

  /** Another decay. */
  public Steering decay(Decay value) {
    return new Steering(filtered, nodes, allows, value, ownSeconds, ownKept, job, clears);
  }

  /** A decay of its own. */
  public Steering own(int seconds, int kept) {
    return new Steering(filtered, nodes, allows, Decay.OWN, seconds, kept, job, clears);
  }

  /** Another kind of job. */
  public Steering job(Job value) {
    return new Steering(filtered, nodes, allows, decay, ownSeconds, ownKept, value, clears);
  }

  /** The mask alone. */
  Steering withoutStatistics() {
    return new Steering(filtered, nodes, allows, Decay.SLOW, 1, 1000, Job.ANY, 0);
  }

  /** What was counted is thrown away. */
  public Steering cleared() {
    return new Steering(filtered, nodes, allows, decay, ownSeconds, ownKept, job, clears + 1);
  }

  /** Every field. */
  public static Steering walk(Walk walk, Steering value) {
    return new Steering(
        walk.flag("filtered", value.filtered),
        new BigInteger(walk.text("nodes", value.nodes.toString(16)), 16),
        walk.flag("allows", value.allows),
        walk.constant("decay", value.decay, Decay.values()),
        walk.i32("ownSeconds", value.ownSeconds),
        walk.i32("ownKept", value.ownKept),
        walk.constant("job", value.job, Job.values()),
        walk.i32("clears", value.clears));
  }
}
