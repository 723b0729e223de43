package org.godwit.engine.balance;

import java.util.List;
import org.godwit.engine.time.Draws;
import org.godwit.model.Problem;
import org.godwit.model.event.Decision;

/** Nobody moves by itself. */
public final class NoPolicy implements Policy {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public Answer decide(Beliefs beliefs, Memory memory, Draws draws) {
    return new Answer(
        new Decision(
            name(),
            beliefs.mean(),
            beliefs.cpus(),
            beliefs.speed(),
            List.of(),
            Problem.of("balance.none"),
            null,
            0),
        memory);
  }
}
