package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.engine.session.Account.SECOND;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Test;

/**
 * S3, S11 and S12 of the seed text, told by nodes that boot: who locks, who frees, and what does
 * not free. Each with what happens to those beside it.
 */
class BootScenariosTest {
  /** Boots take a virtual second then, and the loops cost little. */
  private static final int DIVISOR = 1_000;

  private static Account told(String scenario, long seed, long until) {
    Session session = Variation.of(scenario).quick(DIVISOR).seed(seed).open();
    session.advance(until);
    return new Account(session);
  }

  private static List<Boolean> locks(Account account, String launch) {
    return account.session().launched(launch).stream()
        .map(each -> account.proc(each, "lock").equals("1\n"))
        .toList();
  }

  private static List<ProcessId> movedFrom(Account account, int home) {
    return account.moves().stream()
        .filter(each -> each.process().home() == home)
        .map(Migration::process)
        .distinct()
        .toList();
  }

  @Test
  void inittabLocksWhatItsDaemonsStart() {
    Seeds.some(BootScenariosTest::inittab);
  }

  private static void inittab(long seed) {
    Account account = told("seed-inittab", seed, 14 * SECOND);
    try (Session session = account.session()) {
      assertThat(locks(account, "red")).containsExactly(true, true, true);
      assertThat(locks(account, "suse")).containsExactly(true, true, true);
      assertThat(locks(account, "deb")).containsExactly(false, false, false);
      // Who has not heard yet that its neighbours are as busy may stop there on its way to node 4.
      assertThat(account.moves()).extracting(each -> each.process().home()).containsOnly(2);
      assertThat(movedFrom(account, 2)).hasSize(1);
      assertThat(account.where(movedFrom(account, 2).getFirst())).isEqualTo(4);

      session.advance(30 * SECOND);
      ProcessId freed = session.launched("red").get(1);
      assertThat(locks(account, "red")).containsExactly(true, false, true);
      assertThat(movedFrom(account, 1)).containsExactly(freed);
      assertThat(movedFrom(account, 3)).isEmpty();
    }
  }

  @Test
  void aBuiltinEchoInTheProfileFreesEverythingAndACommandNothing() {
    Seeds.some(BootScenariosTest::profile);
  }

  private static void profile(long seed) {
    Account account = told("seed-profile-cure", seed, 30 * SECOND);
    try (Session session = account.session()) {
      assertThat(locks(account, "cured")).containsExactly(false, false, false);
      assertThat(locks(account, "server")).as("whom nobody meant").containsExactly(false);
      assertThat(movedFrom(account, 1)).isNotEmpty();
      assertThat(locks(account, "failed")).containsExactly(true, true, true);
      assertThat(movedFrom(account, 2)).isEmpty();
      // The echo did free somebody: itself, for the moment of its life.
      assertThat(account.all(Happening.LockChanged.class))
          .filteredOn(each -> each.process().home() == 2 && !each.locked())
          .hasSizeGreaterThanOrEqualTo(3)
          .extracting(Happening.LockChanged::process)
          .doesNotContainAnyElementsOf(session.launched("failed"));
    }
  }

  @Test
  void mosrunFreesTheOneProgramAlone() {
    Seeds.some(BootScenariosTest::mosrun);
  }

  private static void mosrun(long seed) {
    Account account = told("seed-mosrun-l", seed, 30 * SECOND);
    try (Session session = account.session()) {
      assertThat(locks(account, "kept")).containsExactly(true, true);
      assertThat(locks(account, "freed")).containsExactly(false);
      List<ProcessView> typed =
          session.view().processes().stream()
              .filter(each -> each.program().equals("spin") && each.launch().isEmpty())
              .toList();
      assertThat(typed).extracting(ProcessView::lock).containsExactlyInAnyOrder(true, false);
      String shown =
          account.all(Happening.TerminalOutput.class).stream()
              .map(Happening.TerminalOutput::bytes)
              .reduce("", String::concat);
      assertThat(shown).as("the shell's own lock").contains("\n1\r\n");
      assertThat(account.moves()).isNotEmpty();
      assertThat(account.moves())
          .allSatisfy(
              each -> {
                assertThat(each.cause()).isEqualTo(MoveCause.BALANCER);
                assertThat(account.proc(each.process(), "lock")).isEqualTo("0\n");
              });
      assertThat(account.where(session.launched("freed").getFirst())).isEqualTo(2);
    }
  }

  /** The button of the verdict card, on a node whose boot locks what is launched. */
  @Test
  void theRemedyMosrunStartsOneMoreThatIsFree() throws Exception {
    Account account = told("seed-mosrun-l", 1, 4 * SECOND);
    try (Session session = account.session()) {
      ProcessId kept = session.launched("kept").getFirst();
      Explanation.Remedy remedy =
          session.explain(kept, 0).because().getFirst().remedies().stream()
              .filter(each -> each.words().key().equals("remedy.mosrun-l"))
              .findFirst()
              .orElseThrow();
      Command.Launch launch = (Command.Launch) remedy.commands().getFirst();
      session.submit(launch);
      session.advance(8 * SECOND);
      assertThat(locks(account, launch.launch())).containsExactly(false);
      assertThat(locks(account, "kept")).containsExactly(true, true);
    }
  }
}
