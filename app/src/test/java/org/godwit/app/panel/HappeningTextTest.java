package org.godwit.app.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.godwit.app.text.Messages;
import org.godwit.model.Problem;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.MoveCause;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.LedgerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HappeningTextTest {
  private static final ProcessId SPIN = new ProcessId(1, 1001);
  private static final ProcessId CHILD = new ProcessId(1, 1002);
  private static final Problem WHY = Problem.of("why");

  private static List<Happening> all() {
    return List.of(
        new Happening.Launched(SPIN, "spin", List.of("5"), "a"),
        new Happening.LaunchFailed("spin", WHY),
        new Happening.Booted(SPIN, "redhat"),
        new Happening.Forked(CHILD, SPIN),
        new Happening.Executed(SPIN, "spin"),
        new Happening.Exited(SPIN, 3),
        new Happening.Killed(SPIN, 11, 0x10400, 0),
        new Happening.Killed(SPIN, 9, -1, -1),
        new Happening.Killed(SPIN, 4, 0x10400, -1),
        new Happening.Lost(SPIN, 2),
        new Happening.LockChanged(SPIN, true),
        new Happening.LockChanged(SPIN, false),
        new Happening.ReasonRaised(SPIN, evidence()),
        new Happening.ReasonCleared(SPIN, StayReason.MONKEY),
        new Happening.MigrationRequested(SPIN, 1, 2, MoveCause.USER),
        new Happening.MigrationRefused(SPIN, 1, 2, MoveCause.USER, WHY),
        new Happening.MigrationStarted(SPIN, 1, 2, MoveCause.USER),
        new Happening.Migrated(Clusters.migration(SPIN, 1, 2, Clusters.SECOND)),
        new Happening.PagesFetched(SPIN, 1, 40, 3, 164_000, 2_000_000_000L, null),
        new Happening.MigrationAborted(SPIN, 1, 2, WHY),
        new Happening.Decided(Clusters.weighed(SPIN)),
        new Happening.UnknownCall(SPIN, 425, "io_uring_setup", 0x10400),
        new Happening.OutOfMemory(SPIN, 9L << 20),
        new Happening.LimitReached(SPIN, "openat", NodeLimits.Kind.OPEN_FILES, 64),
        new Happening.LimitReached(SPIN, "write", NodeLimits.Kind.FILE_SIZE, 1L << 30),
        new Happening.Output(SPIN, null, 1, "hello\nworld"),
        new Happening.TerminalOpened(SPIN, "t1", "/dev/pts/0", 24, 80),
        new Happening.TerminalOutput("t1", "hello\r\n"),
        new Happening.TerminalResized("t1", 50, 132),
        new Happening.TerminalClosed("t1"),
        new Happening.NodeUp("node3"),
        new Happening.NodeLeft("node3"),
        new Happening.NodeCrashed("node3"),
        new Happening.LinkSet(1, 2, 100, 100_000),
        new Happening.LinkCut(1, 2),
        new Happening.SwitchChanged(NodeSwitch.BLOCK, true),
        new Happening.SpeedChanged(9000),
        new Happening.PolicyChanged("none"),
        new Happening.CallsCounted(
            new ProcessId(1, 1001),
            List.of(new LedgerRow("write", LedgerRow.Place.HOME, 3, 4, 5, 6, 7))),
        new Happening.PolicyLoaded("user:calm", "0123456789ab"),
        new Happening.CommandRefused(WHY));
  }

  private static StayEvidence evidence() {
    return new StayEvidence(StayReason.MONKEY, "shmget", 0x1034c, 0, Clusters.SECOND);
  }

  private static HappeningText text(Locale language) {
    Messages messages = new Messages(language);
    Roster roster = new Roster();
    roster.learn(
        List.of(
            new NodeSpec(1, "alpha", 1, 800, 8000, 1, 0, 0),
            new NodeSpec(2, "beta", 1, 800, 8000, 1, 0, 0)));
    all().forEach(what -> roster.learn(new Event(0, 3, 0, what)));
    return new HappeningText(messages, problem -> "<" + problem.key() + ">", roster, figures());
  }

  private static Figures figures() {
    return new Figures(Locale.ENGLISH);
  }

  @Test
  void theListAboveMissesNoHappening() {
    Set<Class<?>> listed = new HashSet<>();
    all().forEach(what -> listed.add(what.getClass()));
    assertThat(listed).containsExactlyInAnyOrder(Happening.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyHappeningHasASentence(String language) {
    HappeningText text = text(Locale.of(language));
    String end = language.equals("ja") ? "。" : ".";
    for (Happening what : all()) {
      String sentence = text.sentence(new Event(0, 1, 0, what));
      assertThat(sentence).as("%s", what).doesNotContain("{", "}", "event.");
      boolean quotes =
          what instanceof Happening.Output
              || what instanceof Happening.TerminalOutput
              || sentence.endsWith(">");
      assertThat(quotes || sentence.endsWith(end)).as(sentence).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void everyCauseSwitchAndReasonHasWords(String language) {
    HappeningText text = text(Locale.of(language));
    for (MoveCause cause : MoveCause.values()) {
      Event event = new Event(0, 1, 0, new Happening.MigrationRequested(SPIN, 1, 2, cause));
      assertThat(text.sentence(event)).contains("beta").doesNotContain("event.");
      assertThat(text.cause(cause)).doesNotContain("cause.");
    }
    for (NodeSwitch which : NodeSwitch.values()) {
      for (boolean on : new boolean[] {true, false}) {
        Event event = new Event(0, 2, 0, new Happening.SwitchChanged(which, on));
        assertThat(text.sentence(event)).contains("beta").doesNotContain("event.");
      }
    }
    for (StayReason reason : StayReason.values()) {
      assertThat(text.meaning(reason)).doesNotContain("reason.");
      assertThat(text.remedy(reason)).doesNotContain("reason.");
    }
  }

  @Test
  void sentencesNameProgramsNodesAndFigures() {
    HappeningText text = text(Locale.ENGLISH);
    assertThat(
            text.sentence(
                new Event(
                    0,
                    1,
                    0,
                    new Happening.Migrated(Clusters.migration(SPIN, 1, 2, Clusters.SECOND)))))
        .isEqualTo("spin 1001@1 moved from alpha to beta: 41 pages, 165 kB, frozen for 10.0 ms.");
    assertThat(text.sentence(new Event(0, 1, 0, new Happening.Killed(SPIN, 11, 0x10400, 8))))
        .isEqualTo("spin 1001@1 was ended by SIGSEGV at 0x10400, touching address 0x8.");
    assertThat(
            text.sentence(
                new Event(0, 1, 0, new Happening.Output(SPIN, null, 2, "\u00e6\u0097\u00a5\n2"))))
        .as("bytes are UTF-8, only the first line is quoted")
        .isEqualTo("spin 1001@1 wrote to descriptor 2: 日 …");
    assertThat(text.evidence(evidence()))
        .isEqualTo("raised by shmget (0) at 0x1034c, time 0:01.000 000");
  }

  @Test
  void aForkedChildBearsItsParentsProgram() {
    Roster roster = new Roster();
    roster.learn(new Event(0, 1, 0, new Happening.Launched(SPIN, "pipe", List.of(), "a")));
    roster.learn(new Event(0, 1, 1, new Happening.Forked(CHILD, SPIN)));
    assertThat(roster.process(CHILD)).isEqualTo("pipe 1002@1");
    roster.learn(new Event(0, 1, 2, new Happening.Executed(CHILD, "sh")));
    assertThat(roster.process(CHILD)).isEqualTo("sh 1002@1");
    assertThat(Arrays.asList(roster.node(9), roster.program(new ProcessId(9, 9))))
        .containsExactly("9", "");
  }
}
