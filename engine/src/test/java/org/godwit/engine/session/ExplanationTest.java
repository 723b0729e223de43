package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import java.util.stream.Stream;
import org.godwit.engine.session.Explanation.Because;
import org.godwit.engine.session.Explanation.Kind;
import org.godwit.model.LockOrigin;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.junit.jupiter.api.Test;

/** Why does my process not migrate: every kind of answer, and that remedies are remedies. */
class ExplanationTest {
  @Test
  void sharedMemoryBlocksWithTheCallThatRaisedIt() throws ProblemException {
    try (Session session = Variation.of("seed-shmget").quick().open()) {
      session.advance(6 * SECOND);
      ProcessId shm = session.launched("shmget").getFirst();
      Explanation answer = session.explain(shm, 2);
      assertThat(answer.kind()).isEqualTo(Kind.BLOCKED);
      Because why = answer.because().getFirst();
      assertThat(why.what().key()).isEqualTo("explain.reason");
      assertThat(why.evidence().call()).isEqualTo("shmget");
      assertThat(why.evidence().pc()).isPositive();
      assertThat(keys(why)).containsExactly("remedy.reason.monkey");
    }
  }

  @Test
  void aLockHoldsAndItsRemedyLetsGo() throws ProblemException {
    try (Session session = Variation.of("seed-lock").quick().open()) {
      session.advance(6 * SECOND);
      ProcessId spin = session.view().processes().get(1).id();
      Explanation answer = session.explain(spin, 0);
      assertThat(answer.kind()).isEqualTo(Kind.HELD);
      Because why = answer.because().getFirst();
      assertThat(why.what().key()).isEqualTo("explain.locked");
      assertThat(why.lock().means()).isEqualTo(LockOrigin.Means.LAUNCH);
      assertThat(why.lock().holder()).isEqualTo(spin);
      why.remedies().getFirst().commands().forEach(session::submit);
      assertThat(ahead(session, spin, 0).kind()).isEqualTo(Kind.WILL_MOVE);
    }
  }

  @Test
  void aLockThatCameFromAnAncestorNamesItAndIsUndoneForTheWholeFamily() throws ProblemException {
    Command.Launch launch = new Command.Launch("pipe", 1, "pipe", List.of(), 1, true);
    try (Session session = Variation.cluster(1, 1).open()) {
      session.submit(launch);
      session.advance(SECOND);
      ProcessId parent = session.launched("pipe").getFirst();
      ProcessId child =
          session.view().processes().stream()
              .map(each -> each.id())
              .filter(each -> !each.equals(parent))
              .findFirst()
              .orElseThrow();
      Because why = session.explain(child, 0).because().getFirst();
      assertThat(why.lock().holder()).isEqualTo(parent);
      assertThat(why.lock().program()).isEqualTo("pipe");
      assertThat(keys(why))
          .containsExactly("remedy.unlock", "remedy.unlock-session", "remedy.mosrun-l");
      why.remedies().get(1).commands().forEach(session::submit);
      assertThat(session.view().processes()).noneMatch(each -> each.lock());
    }
  }

  @Test
  void aLockSetByCommandSaysSo() throws ProblemException {
    try (Session session = Variation.cluster(1, 1).launch("spin", "spin", 1).open()) {
      session.advance(SECOND);
      session.submit(new Command.SetLock(new ProcessRef.ByLaunch("spin", 0), true));
      LockOrigin lock =
          session.explain(session.launched("spin").getFirst(), 0).because().getFirst().lock();
      assertThat(lock.means()).isEqualTo(LockOrigin.Means.COMMAND);
      assertThat(lock.atNanos()).isEqualTo(SECOND);
    }
  }

  @Test
  void switchesAndPolicyHoldAndAreNamed() throws ProblemException {
    try (Session session =
        Variation.cluster(1, 1).policy("none").launch("spins", "spin", 2).open()) {
      session.advance(4 * SECOND);
      session.submit(new Command.SetSwitch(1, NodeSwitch.STAY, true));
      session.submit(new Command.SetSwitch(1, NodeSwitch.LSTAY, true));
      ProcessId spin = session.launched("spins").get(1);
      Explanation answer = session.explain(spin, 0);
      assertThat(answer.kind()).isEqualTo(Kind.HELD);
      assertThat(answer.because().stream().map(each -> each.what().key()))
          .containsExactly("explain.stay", "explain.lstay", "explain.policy");
      remedies(answer).forEach(session::submit);
      assertThat(ahead(session, spin, 0).forecast().to()).isEqualTo(2);
    }
  }

  @Test
  void aBlockedTargetIsBlockedUntilItsRemedy() throws ProblemException {
    try (Session session = Variation.cluster(1, 1).launch("spins", "spin", 2).open()) {
      session.submit(new Command.SetSwitch(2, NodeSwitch.BLOCK, true));
      session.advance(5 * SECOND);
      ProcessId spin = session.launched("spins").get(1);
      Explanation answer = session.explain(spin, 2);
      assertThat(answer.kind()).isEqualTo(Kind.BLOCKED);
      assertThat(answer.because().getFirst().what().key()).isEqualTo("move.refused.blocked");
      assertThat(session.explain(spin, 9).because().getFirst().what().key())
          .isEqualTo("move.refused.down");
      remedies(answer).forEach(session::submit);
      assertThat(session.explain(spin, 2).kind()).isNotEqualTo(Kind.BLOCKED);
    }
  }

  @Test
  void oneJobTooFewIsCuredByLaunchingOneMore() throws ProblemException {
    try (Session session = Variation.of("seed-spin-two").quick().open()) {
      session.advance(10 * SECOND);
      ProcessId spin = session.launched(launch(session)).getFirst();
      Explanation answer = session.explain(spin, 0);
      assertThat(answer.kind()).isEqualTo(Kind.NOT_WORTH);
      assertThat(keys(answer.because().getFirst())).containsExactly("remedy.launch-one-more");
      remedies(answer).forEach(session::submit);
      session.advance(20 * SECOND);
      assertThat(new Account(session).moves()).isNotEmpty();
    }
  }

  @Test
  void slowPeersAreCuredByTheSpeedThatIsNamed() throws ProblemException {
    try (Session session = Variation.of("seed-spin-slow-peers").quick().open()) {
      session.advance(10 * SECOND);
      ProcessId spin = session.launched(launch(session)).getFirst();
      Explanation answer = session.explain(spin, 2);
      assertThat(answer.kind()).isEqualTo(Kind.NOT_WORTH);
      assertThat(answer.targets()).hasSize(1);
      Command remedy = remedies(answer).getFirst();
      int needed = ((Command.SetSpeed) remedy).speed();
      session.submit(new Command.SetSpeed(2, needed * 9 / 10));
      session.advance(16 * SECOND);
      assertThat(new Account(session).moves()).as("a tenth less is not enough").isEmpty();
      session.submit(remedy);
      session.advance(24 * SECOND);
      assertThat(new Account(session).moves()).isNotEmpty();
    }
  }

  @Test
  void aNodeThatKeepsQuietIsUnheardOf() throws ProblemException {
    try (Session session = Variation.cluster(1, 1).launch("spins", "spin", 2).open()) {
      session.submit(new Command.SetSwitch(2, NodeSwitch.QUIET, true));
      session.advance(15 * SECOND);
      ProcessId spin = session.launched("spins").get(1);
      Explanation answer = session.explain(spin, 2);
      assertThat(answer.because().getFirst().what().key()).isEqualTo("explain.unheard");
      remedies(answer).forEach(session::submit);
      assertThat(ahead(session, spin, 2).kind()).isEqualTo(Kind.WILL_MOVE);
    }
  }

  @Test
  void whatIsForetoldHappensAtThatVeryInstantIfNobodyIntervenes() throws ProblemException {
    for (long at : new long[] {0, SECOND / 3, SECOND, 3 * SECOND / 2}) {
      try (Session session = Variation.of("seed-spin").quick().open()) {
        session.advance(at);
        for (ProcessId spin : session.launched(launch(session))) {
          Explanation.Forecast forecast = ahead(session, spin, 0).forecast();
          try (Session real = Variation.of("seed-spin").quick().open()) {
            real.advance(30 * SECOND);
            assertThat(new Account(real).firstNanos(Happening.MigrationStarted.class, spin))
                .isEqualTo(forecast.leavesNanos());
          }
        }
      }
    }
  }

  @Test
  void explainingAndForeseeingChangeNothing() throws ProblemException {
    try (Session asked = Variation.of("seed-spin").quick().open();
        Session left = Variation.of("seed-spin").quick().open()) {
      asked.advance(SECOND);
      ahead(asked, asked.launched(launch(asked)).getFirst(), 3);
      asked.advance(10 * SECOND);
      left.advance(10 * SECOND);
      assertThat(asked.stateHash()).isEqualTo(left.stateHash());
      assertThat(asked.events(0)).isEqualTo(left.events(0));
    }
  }

  @Test
  void aRecipeWithCommandsCooksTheSameState() throws ProblemException {
    try (Session session = Variation.of("seed-spin").quick().open()) {
      session.advance(4 * SECOND);
      session.submit(new Command.Launch("more", 2, "spin", List.of(), 2, false));
      session.advance(5 * SECOND);
      session.submit(new Command.CutLink(1, 3));
      Recipe recipe = session.recipe();
      try (Session copy = recipe.cook(OnBoard::elf, 1)) {
        assertThat(copy.stateHash()).isEqualTo(recipe.stateHash());
        copy.advance(9 * SECOND);
        session.advance(9 * SECOND);
        assertThat(copy.events(0)).isEqualTo(session.events(0));
      }
    }
  }

  @Test
  void whoIsNotThereOrNoMoreIsSaid() throws ProblemException {
    try (Session session = Variation.cluster(1, 1).launch("spin", "spin", 1).open()) {
      ProcessId spin = session.launched("spin").getFirst();
      session.submit(new Command.Migrate(new ProcessRef.ById(spin), 2));
      assertThat(session.explain(spin, 0).kind()).isEqualTo(Kind.MOVING);
      session.advance(SECOND);
      assertThat(new Account(session).all(Happening.MigrationRequested.class, spin))
          .allMatch(each -> each.cause() == MoveCause.USER);
      session.submit(new Command.Signal(new ProcessRef.ById(spin), 9));
      session.advance(2 * SECOND);
      assertThat(session.explain(spin, 0).kind()).isEqualTo(Kind.ENDED);
      assertThatThrownBy(() -> session.explain(new ProcessId(1, 7), 0))
          .isInstanceOf(ProblemException.class);
    }
  }

  private static String launch(Session session) {
    return session.commands().stream()
        .filter(each -> each.command() instanceof Command.Launch)
        .map(each -> ((Command.Launch) each.command()).launch())
        .findFirst()
        .orElseThrow();
  }

  private static Explanation ahead(Session session, ProcessId process, int to)
      throws ProblemException {
    try (Session copy = session.recipe().cook(OnBoard::elf, 1)) {
      return session.explain(process, to).with(copy.foresee(process, session.now() + 30 * SECOND));
    }
  }

  private static List<Command> remedies(Explanation answer) {
    return answer.because().stream()
        .flatMap(each -> each.remedies().stream())
        .flatMap(each -> each.commands().stream())
        .toList();
  }

  private static List<String> keys(Because because) {
    return Stream.of(because)
        .flatMap(each -> each.remedies().stream())
        .map(each -> each.words().key())
        .toList();
  }
}
