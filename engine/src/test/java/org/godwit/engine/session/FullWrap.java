package org.godwit.engine.session;

import java.util.List;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.ProcessView;

/**
 * The seed's sentence in full: from 0, on one CPU of 800 MHz, every modelled instruction executed,
 * until the unsigned int overflows. Some minutes of host time, so it is run by hand and is no test
 * of the build.
 */
final class FullWrap {
  private FullWrap() {}

  public static void main(String[] args) {
    NodeSpec node = new NodeSpec(1, "node1", 1, 800, 8000, 64L << 20, 0, 0);
    Variation whole =
        Variation.cluster(1).nodes(List.of(node)).divisor(1).launch("spin", "spin", 1);
    try (Session session = whole.open()) {
      Account account = new Account(session);
      long before = 0;
      while (true) {
        session.advance(session.now() + Account.MILLISECOND);
        ProcessView spin = account.look(session.launched("spin").getFirst());
        if (spin.watch() < before) {
          System.out.printf(
              "overflow before %.3f s, after %d instructions%n",
              session.now() / 1e9, spin.instructions() - 4 * spin.watch());
          return;
        }
        before = spin.watch();
      }
    }
  }
}
