package org.godwit.engine.elf;

import java.util.List;
import org.godwit.model.Problem;

/**
 * Why a file cannot be run.
 *
 * @param flaw what is wrong
 * @param arguments as the flaw's documentation lists them
 */
public record ElfProblem(ElfFlaw flaw, List<Object> arguments) implements ElfResult {
  public ElfProblem {
    arguments = List.copyOf(arguments);
  }

  static ElfProblem of(ElfFlaw flaw, Object... arguments) {
    return new ElfProblem(flaw, List.of(arguments));
  }

  /** As the app words it. */
  public Problem toProblem() {
    return new Problem(flaw.key(), arguments);
  }
}
