package org.godwit.engine.balance;

import java.util.List;
import java.util.Optional;

/** The policies on board, by name. */
public final class Policies {
  private static final List<Policy> ON_BOARD = List.of(new OpenMosixPolicy(), new NoPolicy());

  private Policies() {}

  /** Their names, the default first. */
  public static List<String> names() {
    return ON_BOARD.stream().map(Policy::name).toList();
  }

  /** The policy of that name. */
  public static Optional<Policy> named(String name) {
    return ON_BOARD.stream().filter(policy -> policy.name().equals(name)).findFirst();
  }
}
