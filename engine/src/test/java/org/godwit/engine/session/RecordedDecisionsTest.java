package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.engine.balance.Policies;
import org.godwit.engine.balance.Policy;
import org.godwit.engine.time.Draws;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Happening;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A decision is data: read back from a log and given to its policy again, with the session's seed,
 * it comes out the same, on every scenario on board and under every policy.
 */
@Execution(ExecutionMode.CONCURRENT)
class RecordedDecisionsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG_ENOUGH = 20 * SECOND;

  static List<String> scenarios() {
    return Catalogue.scenarios();
  }

  static List<String> policies() {
    return Policies.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void replayingADecisionGivesItAgain(String scenario) throws Exception {
    Variation variation = Variation.of(scenario);
    try (Session session = variation.divisor(Variation.QUICK_SHARED).open()) {
      session.advance(LONG_ENOUGH);
      boolean anybody =
          session.events(0).stream().anyMatch(e -> e.what() instanceof Happening.Launched);
      assertThat(replayed(session) > 0).as("decisions looked at").isEqualTo(anybody);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void soDoesEveryPolicy(String policy) throws Exception {
    try (Session session =
        Variation.cluster(1, 1, 2).policy(policy).launch("spins", "spin", 5).open()) {
      session.advance(LONG_ENOUGH);
      assertThat(replayed(session)).as("decisions looked at").isGreaterThan(15);
    }
  }

  private static int replayed(Session session) throws Exception {
    Draws draws = new Draws(session.scenario().seed());
    List<Decision> decisions =
        new Account(session)
            .all(Happening.Decided.class).stream().map(Happening.Decided::decision).toList();
    for (Decision recorded : decisions) {
      Beliefs beliefs = recorded.inputs().beliefs();
      Decision again =
          Policies.named(recorded.policy())
              .orElseThrow()
              .decide(beliefs, new Policy.Memory(recorded.inputs().memory()), draws)
              .decision()
              .with(recorded.inputs());
      assertThat(again).isEqualTo(recorded);
    }
    return decisions.size();
  }

  @Test
  void fullKnowledgeIsTheTruthAtTheInstant() {
    try (Session session =
        Variation.cluster(1, 1, 2).policy("least-loaded").launch("spins", "spin", 4).open()) {
      session.advance(2 * SECOND);
      Account account = new Account(session);
      assertThat(account.moves()).as("one at the first full second").isNotEmpty();
      session.advance(6 * SECOND);
      assertThat(session.view().nodes())
          .extracting(node -> node.runnable())
          .containsExactly(1, 1, 2);
      for (Decision each : account.decisions(1)) {
        assertThat(each.inputs().beliefs().nowNanos() % SECOND).isZero();
        assertThat(each.inputs().beliefs().peers()).hasSize(2).allMatch(p -> p.ageNanos() == 0);
      }
    }
  }

  @Test
  void fullKnowledgeDependsOnlyOnTheScenarioNotOnWhereItIsCut() {
    Variation variation =
        Variation.cluster(1, 1, 2).policy("least-loaded").launch("spins", "spin", 5);
    try (Session whole = variation.open();
        Session cut = variation.open()) {
      whole.advance(5 * SECOND);
      for (long t = SECOND / 7; t < 5 * SECOND; t += SECOND / 7) {
        cut.advance(t);
      }
      cut.advance(5 * SECOND);
      assertThat(cut.stateHash()).isEqualTo(whole.stateHash());
      assertThat(cut.events(0)).isEqualTo(whole.events(0));
    }
  }

  @Test
  void roundRobinStartsProgramsInTurnAndMovesNobody() {
    try (Session session =
        Variation.cluster(1, 1, 1).policy("round-robin").launch("spins", "spin", 5).open()) {
      session.advance(10 * SECOND);
      assertThat(session.launched("spins"))
          .extracting(each -> each.home())
          .containsExactly(1, 2, 3, 1, 2);
      assertThat(new Account(session).moves()).isEmpty();
    }
  }
}
