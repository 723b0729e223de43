package org.godwit.engine.balance;

import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.event.Beliefs;

/** Nobody moves by itself. */
public final class NoPolicy implements Policy {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(
        Answers.nobody(name(), beliefs, List.of(), Problem.of("balance.none")), memory);
  }
}
