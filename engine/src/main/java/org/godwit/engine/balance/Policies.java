package org.godwit.engine.balance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.godwit.model.Problem;

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

  /** Says that there is no policy of that name, and which there are. */
  public static Problem unknown(String name) {
    return Problem.of("command.out-of-range", "policy", name, String.join(", ", names()));
  }

  /** The policy of that name. */
  public static Optional<Policy> named(String name) {
    boolean ushers = name.endsWith(MemoryUshering.SUFFIX);
    String below = ushers ? name.substring(0, name.indexOf(MemoryUshering.SUFFIX)) : name;
    Optional<Policy> found =
        ON_BOARD.stream().filter(policy -> policy.name().equals(below)).findFirst();
    return ushers ? found.map(MemoryUshering::new) : found;
  }
}
