package org.godwit.engine.balance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Beliefs;
import org.godwit.model.policy.UserPolicy;

/** The policies on board, by name. */
public final class Policies {
  private static final List<Policy> ON_BOARD =
      List.of(
          new OpenMosixPolicy(),
          new OpportunityCostPolicy(),
          new LeastLoadedPolicy(),
          new RandomPolicy(),
          new RoundRobinPolicy(),
          new NoPolicy());

  private Policies() {}

  /**
   * Their names, the default first; every name also works with {@link MemoryUshering#SUFFIX}, of
   * which those with a use of their own are listed.
   */
  public static List<String> names() {
    return Stream.concat(
            ON_BOARD.stream().map(Policy::name),
            Stream.of("openmosix", "opportunity-cost").map(each -> each + MemoryUshering.SUFFIX))
        .toList();
  }

  /**
   * Seconds by which {@code process} would be done earlier with the work that it is expected to
   * have left, if it moved to {@code to}: gain less the costs of the transfer and of its calls.
   * Neither age nor locks nor who else wants to leave matters. 0 if it is not here or the node
   * unknown.
   */
  public static double gainSeconds(Beliefs beliefs, ProcessId process, int to) {
    Beliefs.Resident resident = MoveRule.resident(beliefs, process);
    MoveRule rule = new MoveRule(MoveRule.Thresholds.DEFAULT);
    return beliefs.peers().stream()
        .filter(each -> resident != null && each.node() == to)
        .map(each -> rule.weigh(beliefs, resident, each))
        .mapToDouble(each -> each.gain() - each.transferCost() - each.callCost())
        .findFirst()
        .orElse(0);
  }

  /** Says that there is no policy of that name, and which there are. */
  public static Problem unknown(String name) {
    return Problem.of("command.out-of-range", "policy", name, String.join(", ", names()));
  }

  /** What a user's own policy of that name in force calls itself, or null if it is on board. */
  public static String user(String name) {
    if (!name.startsWith(UserPolicy.PREFIX)) {
      return null;
    }
    String own = name.substring(UserPolicy.PREFIX.length());
    return own.endsWith(MemoryUshering.SUFFIX)
        ? own.substring(0, own.length() - MemoryUshering.SUFFIX.length())
        : own;
  }

  /**
   * The policy of that name. Behind a name that begins with {@link UserPolicy#PREFIX} there need be
   * nothing: a session that is run again has the answers in its commands.
   */
  public static Optional<Policy> named(String name) {
    boolean ushers = name.endsWith(MemoryUshering.SUFFIX);
    String below = ushers ? name.substring(0, name.indexOf(MemoryUshering.SUFFIX)) : name;
    Optional<Policy> found =
        below.startsWith(UserPolicy.PREFIX) && UserPolicy.isName(user(below))
            ? Optional.of(new OutsidePolicy(below))
            : ON_BOARD.stream().filter(policy -> policy.name().equals(below)).findFirst();
    return ushers ? found.map(MemoryUshering::new) : found;
  }
}
