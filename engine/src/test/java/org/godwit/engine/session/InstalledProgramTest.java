package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.godwit.engine.memory.PageStore;
import org.godwit.engine.session.file.LiveLogReader;
import org.godwit.engine.session.file.LiveLogWriter;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeSpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A program that a user adds is a file of every node, which a shell there can call. */
@DisplayName("A program that is added")
class InstalledProgramTest {
  private static final String PATH = "/usr/local/bin/mine";

  @Test
  @DisplayName(
      "lies in each node's files, also of who joins later, and runs by its name in a shell")
  void isAFileOfEachNode() throws Exception {
    byte[] elf = OnBoard.SOURCE.elf("hello").orElseThrow();
    try (Session session =
        Session.open(OnBoard.scenario("seed-shmget"), OnBoard.SOURCE, SessionOptions.DEFAULT)) {
      Problem unknown = session.submit(new Command.InstallProgram("nobody")).refused();
      assertThat(unknown.key()).isEqualTo("command.no-program");
      session.advance(2 * Account.SECOND);
      Command.Launch early = new Command.Launch("early", 1, "mine", List.of(), 1, false);
      assertThat(session.submit(early).refused()).isNotNull();
      assertThat(session.submit(new Command.InstallProgram("mine")).refused()).isNotNull();
      session.advance(3 * Account.SECOND);
      session.addProgram("mine", elf);
      assertThat(session.submit(new Command.InstallProgram("mine")).refused()).isNull();
      session.submit(new Command.AddNode(new NodeSpec(9, "late", 1, 800, 8000, 64L << 20, 0, 0)));
      for (int node : new int[] {1, 9}) {
        Optional<byte[]> file = session.readFile(node, PATH);
        assertThat(file).as("node " + node).isPresent();
        assertThat(file.get()).isEqualTo(elf);
      }
      NodeShell shell = NodeShell.of(session, Account.SECOND / 100, 10 * Account.SECOND);
      String line = "mine; echo status $?; command -v mine; userland ls -l /usr/local/bin";
      for (List<String> start : List.of(List.of("sh", "-c", line), List.of("sh", "-lc", line))) {
        NodeShell.Printed printed = shell.run(1, start);
        assertThat(printed.output()).contains("status 0\n/usr/bin/mine\n").contains(" mine\n");
      }
      try (Session again = session.recipe().cook(OnBoard.SOURCE, 1)) {
        assertThat(again.stateHash()).as("a replay").isEqualTo(session.stateHash());
        assertThat(again.commands())
            .as("refused is refused again, though the program is known by now")
            .isEqualTo(session.commands());
      }
    }
  }

  @Test
  @DisplayName("again with other bytes is kept as both: a recording runs each where it ran")
  void bothAreKept() throws Exception {
    byte[] first = OnBoard.SOURCE.elf("hello").orElseThrow();
    byte[] second = OnBoard.SOURCE.elf("exitcode").orElseThrow();
    try (Session session =
        Session.open(OnBoard.scenario("six-machines"), OnBoard.SOURCE, SessionOptions.DEFAULT)) {
      LiveLogWriter log = new LiveLogWriter(session);
      ByteArrayOutputStream live = new ByteArrayOutputStream();
      install(session, first);
      launch(session, "one");
      log.take().ifPresent(batch -> write(log.bytes(batch), live));
      Checkpoint between = session.checkpoint();
      install(session, second);
      launch(session, "two");
      log.take().ifPresent(batch -> write(log.bytes(batch), live));
      assertThat(session.readFile(1, PATH).orElseThrow()).isEqualTo(second);
      assertThat(session.events(0).stream().map(each -> each.what()))
          .contains(
              new Happening.Exited(session.launched("one").getFirst(), 0),
              new Happening.Exited(session.launched("two").getFirst(), 7));
      assertThat(session.programs().stream().filter(each -> each.name().equals("mine")))
          .extracting(ProgramImage::sha256)
          .containsExactly(PageStore.sealed(first).sha256(), PageStore.sealed(second).sha256());

      runsAgain(session, session.recipe());
      try (Session resumed = between.resume(session.recipe(), 1)) {
        assertThat(resumed.stateHash()).as("from between").isEqualTo(session.stateHash());
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      SessionFileWriter.write(RecordedSession.of(session), file);
      runsAgain(
          session,
          SessionFileReader.read("a.godwit", new ByteArrayInputStream(file.toByteArray()))
              .session()
              .recipe());
      runsAgain(
          session,
          LiveLogReader.read("a.live", new ByteArrayInputStream(live.toByteArray()))
              .session()
              .recipe());
    }
  }

  private static void write(ByteBuffer bytes, ByteArrayOutputStream to) {
    to.write(bytes.array(), 0, bytes.limit());
  }

  private static void install(Session session, byte[] elf) throws Exception {
    session.addProgram("mine", elf);
    assertThat(session.submit(new Command.InstallProgram("mine")).refused()).isNull();
  }

  private static void launch(Session session, String launch) {
    session.submit(new Command.Launch(launch, 1, "mine", List.of("7"), 1, false));
    session.advance(session.now() + Account.SECOND);
  }

  private static void runsAgain(Session session, Recipe recipe) throws Exception {
    try (Session again = recipe.cook(name -> Optional.empty(), 1)) {
      assertThat(again.stateHash()).isEqualTo(session.stateHash());
      assertThat(again.commands()).isEqualTo(session.commands());
      assertThat(again.events(0)).isEqualTo(session.events(0));
    }
  }
}
