package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The move rule of decision 19 as whole runs: so many counting loops on node 1, two peers; so many
 * of them move, and none moves again within 60 virtual seconds. The rows that are scenarios on
 * board are in {@link SeedScenariosTest}; the rule alone, on beliefs, is in OpenMosixPolicyTest.
 */
@Execution(ExecutionMode.CONCURRENT)
class MoveRuleTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 1.0, 0",
    "1, 2, 1, 1.0, 1",
    "4, 5, 1, 1.0, 1",
    "2, 3, 2, 0.9, 1",
  })
  void soManyMoveAndNoneASecondTime(
      int cpus, int copies, int peerCpus, double peerSpeed, int moved) {
    Seeds.each(
        seed -> {
          Variation cluster =
              Variation.cluster(cpus)
                  .nodes(
                      List.of(
                          Variation.node(1, cpus, 1.0),
                          Variation.node(2, peerCpus, peerSpeed),
                          Variation.node(3, peerCpus, peerSpeed)))
                  .launch("spins", "spin", copies)
                  .divisor(Variation.QUICK_LOOPS)
                  .seed(seed);
          try (Session session = cluster.open()) {
            session.advance(60 * SECOND);
            Account account = new Account(session);
            assertThat(account.moves()).hasSize(moved);
            assertThat(account.all(Happening.MigrationRequested.class)).hasSize(moved);
          }
        });
  }
}
