package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.godwit.model.Problem;
import org.godwit.model.command.Command;
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
}
