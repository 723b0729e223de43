package org.godwit.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.godwit.model.Problem;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.command.Command;
import org.godwit.model.command.CommandRecord;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Decision;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.event.Sample;
import org.godwit.model.policy.PolicyAnswer;
import org.godwit.model.policy.Verdict;
import org.godwit.model.scenario.LinkSpec;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeSpec;
import org.godwit.model.view.LedgerRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonLinesTest {
  private static final ProcessId ID = new ProcessId(1, 1001);
  private static final ProcessRef REF = new ProcessRef.ByLaunch("spins", 2);
  private static final Problem WHY =
      Problem.of("some.key", "text \" \n \u2028 é", 5, 5L, 5_000_000_000L, 0.1, -0.0, 1e300);

  static Stream<Happening> happenings() {
    return Stream.of(
        new Happening.Launched(ID, "spin", List.of("1", ""), "spins"),
        new Happening.LaunchFailed("spin", WHY),
        new Happening.Booted(ID, "redhat"),
        new Happening.Forked(new ProcessId(1, 1002), ID),
        new Happening.Executed(ID, "sh"),
        new Happening.CallsCounted(
            ID, List.of(new LedgerRow("write", LedgerRow.Place.HOME, 3, 4, 5, 6, 1L << 40))),
        new Happening.Exited(ID, 255),
        new Happening.Killed(ID, 11, Long.MIN_VALUE, -1),
        new Happening.Lost(ID, 3),
        new Happening.LockChanged(ID, true),
        new Happening.ReasonRaised(
            ID, new StayEvidence(StayReason.CLONE_VM, "clone", Long.MAX_VALUE, -1, 7)),
        new Happening.ReasonRaised(
            ID, new StayEvidence(StayReason.MMAP_DEV, "mmap", 0x10428, 1L << 35, 8, 1L << 32, 3)),
        new Happening.ReasonCleared(ID, StayReason.MMAP_DEV),
        new Happening.MigrationRequested(ID, 1, 2, MoveCause.PROC_FILE),
        new Happening.MigrationRefused(ID, 1, 2, MoveCause.USER, WHY),
        new Happening.MigrationStarted(ID, 1, 2, MoveCause.BALANCER),
        new Happening.Migrated(
            new Migration(1, ID, 1, 2, MoveCause.EXERCISE, 1, 2, 3, 4, 5, 6, 7, 1L << 40)),
        new Happening.PagesFetched(ID, 1, 4096, 17, 1L << 33, Long.MAX_VALUE, 5L),
        new Happening.MigrationAborted(ID, 1, 2, WHY),
        new Happening.Decided(
            new Decision("openmosix", 2.5, 2, 8000, List.of(), Problem.of("a"), null, 0)),
        new Happening.Decided(
            new Decision(
                "openmosix",
                3,
                2,
                8000,
                List.of(
                    new Decision.Candidate(ID, 0.9, WHY, List.of()),
                    new Decision.Candidate(
                        ID,
                        1,
                        null,
                        List.of(new Decision.Target(2, 3, 0, 1, 2, 3, 4, 5, Problem.of("best"))))),
                Problem.of("moved"),
                ID,
                2)),
        new Happening.UnknownCall(ID, 435, "clone3", 65536),
        new Happening.OutOfMemory(ID, 12),
        new Happening.LimitReached(ID, "openat", NodeLimits.Kind.OPEN_FILES, 64),
        new Happening.Output(ID, null, 1, "\u0000\u001b\u0080\u00ff\n"),
        new Happening.Output(new ProcessId(1, 1002), ID, 2, "x"),
        new Happening.TerminalOpened(ID, "t1", "/dev/pts/0", 24, 80),
        new Happening.TerminalOutput("t1", "\u0000\u001b\u0080\u00ff\n"),
        new Happening.TerminalResized("t1", 50, 132),
        new Happening.TerminalClosed("t1"),
        new Happening.NodeUp("node9"),
        new Happening.NodeLeft("node9"),
        new Happening.NodeCrashed("node9"),
        new Happening.LinkSet(1, 2, 100, 100_000),
        new Happening.LinkCut(1, 2),
        new Happening.SwitchChanged(NodeSwitch.LSTAY, false),
        new Happening.SpeedChanged(8000),
        new Happening.PolicyChanged("none"),
        new Happening.PolicyLoaded("user:calm", "0123456789ab"),
        new Happening.CommandRefused(WHY));
  }

  static Stream<Command> commands() {
    return Stream.of(
        new Command.Launch("spins", 1, "spin", List.of("a b"), 3, true),
        new Command.InstallProgram("mine", "00ff"),
        new Command.Migrate(REF, Command.Migrate.BALANCE),
        new Command.SetLock(new ProcessRef.ById(ID), false),
        new Command.Signal(REF, 9),
        new Command.OpenTerminal("t1", 1, "/bin/login", List.of("-f", "root"), 24, 80),
        new Command.Type("t1", "ls\r\u0003\u00e6"),
        new Command.ResizeTerminal("t1", 50, 132),
        new Command.CloseTerminal("t1"),
        new Command.AddNode(new NodeSpec(4, "node4", 1, 800, 8000, 1L << 33, 0.5, -2, "redhat")),
        new Command.RemoveNode(4),
        new Command.CrashNode(4),
        new Command.SetLink(new LinkSpec(1, 2, 100, 20_000)),
        new Command.CutLink(1, 2),
        new Command.SetSwitch(1, NodeSwitch.BLOCK, true),
        new Command.Expel(1),
        new Command.Bring(1),
        new Command.SetSpeed(1, 1),
        new Command.SetPolicy("none"),
        new Command.Advise(
            1,
            "user:calm",
            "0123456789ab",
            new PolicyAnswer.Given(
                Verdict.move(new ProcessId(1, 1001), 2, "idle")
                    .with(new ProcessId(1, 1001), 3, "busy")
                    .remembering(List.of(1L, Long.MIN_VALUE)))));
  }

  @Test
  void everyKindIsAmongTheExamples() {
    assertThat(happenings().map(Object::getClass))
        .containsAll(List.of(Happening.class.getPermittedSubclasses()));
    assertThat(commands().map(Object::getClass))
        .containsExactly(Command.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("happenings")
  void eventsComeBackAsTheyWere(Happening what) throws ProblemException {
    Event event = new Event(Long.MAX_VALUE, 65535, 1, what);
    String line = JsonLines.line(event);

    assertThat(line).doesNotContain("\n", "\u2028");
    assertThat(JsonLines.parse("f", 1, line, Event.class)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsComeBackAsTheyWere(Command command) throws ProblemException {
    for (Problem refused : new Problem[] {null, WHY}) {
      CommandRecord record = new CommandRecord(10_000, 3, command, refused);
      String line = JsonLines.line(record);
      assertThat(JsonLines.parse("f", 1, line, CommandRecord.class)).isEqualTo(record);
    }
    String bare = JsonLines.line(Command.class, command);
    assertThat(JsonLines.parse("f", 1, bare, Command.class)).isEqualTo(command);
  }

  @Test
  void answersThatMoveNobodyComeBackAsTheyWere() throws ProblemException {
    for (PolicyAnswer answer :
        List.of(
            new PolicyAnswer.Given(Verdict.stay("nobody must")), new PolicyAnswer.Failed(WHY))) {
      commandsComeBackAsTheyWere(new Command.Advise(1, "user:calm", "", answer));
    }
  }

  /** Old files stay readable: this is the form, byte for byte. */
  @Test
  void theFormIsFixed() {
    assertThat(
            JsonLines.line(
                new Event(
                    5, 1, 0, new Happening.MigrationRefused(ID, 1, 2, MoveCause.PROC_FILE, WHY))))
        .isEqualTo(
            """
            {"atNanos":5,"node":1,"sequence":0,"what":{"kind":"migrationRefused",\
            "process":"1001@1","from":1,"to":2,"cause":"procFile","why":{"key":"some.key",\
            "arguments":["text \\" \\n \\u2028 é",5,{"long":5},5000000000,0.1,-0.0,1.0E300]}}}\
            """);
    assertThat(JsonLines.line(new CommandRecord(0, 1, new Command.Migrate(REF, 2), null)))
        .isEqualTo(
            """
            {"atNanos":0,"sequence":1,"command":{"kind":"migrate",\
            "process":{"kind":"byLaunch","launch":"spins","index":2},"to":2}}\
            """);
    assertThat(JsonLines.line(new Sample(250_000_000, 1, 2.5, 0.1, 1, 4096, 3, 2, 1, 0)))
        .isEqualTo(
            """
            {"atNanos":250000000,"node":1,"runnable":2.5,"load":0.1,"cpuShare":1.0,\
            "memoryBytes":4096,"forwardedCalls":3,"networkBytes":2,"guests":1,"away":0}\
            """);
  }

  /** Gson, which wrote the lines once, would write the same. */
  @Test
  void textAndNumbersStandAsGsonWritesThem() throws ProblemException {
    Random random = new Random(8);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int c = random.nextInt(6); c >= 0; c--) {
        text.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(0x20);
              case 1 -> random.nextInt(0x100);
              case 2 -> 0x2020 + random.nextInt(16);
              default -> 0x1f600 + random.nextInt(16);
            });
      }
      long number = random.nextLong() >> random.nextInt(64);
      double real =
          random.nextBoolean()
              ? number / Math.pow(10, random.nextInt(20))
              : Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
      Event event =
          new Event(
              number,
              (int) number,
              -number,
              new Happening.MigrationAborted(
                  ID, 1, 2, Problem.of(text.toString(), real, number, (double) (int) number)));
      String line = JsonLines.line(event);

      assertThat(JsonParser.parseString(line)).hasToString(line);
      assertThat(line).contains("" + real, "" + number, "" + (double) (int) number);
      assertThat(JsonLines.parse("f", 1, line, Event.class)).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|json.ends-early",
        "{|json.ends-early",
        "{} {}|json.malformed",
        "[]|json.not-object",
        "{'atNanos':1}|json.missing-key",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'explode'}}|json.unknown-kind",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'process':'1@1'}}|json.missing-key",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'linkCut','a':1,'b':2,'c':3}}"
            + "|json.unknown-key",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'linkCut','a':1}}|json.missing-key",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'linkCut','a':1,'b':null}}"
            + "|json.not-integer",
        "{'atNanos':1.5,'node':1,'sequence':0,'what':{'kind':'linkCut','a':1,'b':2}}"
            + "|json.not-integer",
        "{'atNanos':1,'node':99999999999,'sequence':0,'what':{'kind':'linkCut','a':1,'b':2}}"
            + "|json.out-of-range",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'exited','process':'0@1','status':0}}"
            + "|json.impossible",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'switchChanged','which':'x','on':true}}"
            + "|json.impossible",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'reasonCleared','process':'1@1',"
            + "'reason':'x'}}|json.impossible",
        "{'atNanos':1,'node':1,'sequence':0,'what':{'kind':'commandRefused','why':{'key':'k',"
            + "'arguments':[null]}}}|json.impossible",
      })
  void refusesWhatIsNoEvent(String quoted, String key) {
    String text = quoted == null ? "" : quoted.replace('\'', '"');
    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> JsonLines.parse("f.jsonl", 7, text, Event.class));

    assertThat(refusal.problem().key()).isEqualTo(key);
    assertThat(refusal.problem().arguments()).startsWith("f.jsonl", 7);
  }

  @Test
  void ourOwnMistakesAreNotWritten() {
    assertThatThrownBy(() -> JsonLines.line(new Event(0, 1, 0, null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonLines.line(new Sample(0, 1, Double.NaN, 0, 0, 0, 0, 0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
