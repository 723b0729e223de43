package org.godwit.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.godwit.engine.session.file.RecordedSession;
import org.godwit.engine.session.file.SessionFileReader;
import org.godwit.engine.session.file.SessionFileWriter;
import org.godwit.model.LockOrigin;
import org.godwit.model.ProblemException;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.godwit.model.json.ScenarioReader;
import org.godwit.model.scenario.Scenario;
import org.godwit.model.view.ProcessView;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes that boot: a real init reads the profile's inittab, and what is launched or logged in
 * descends from it, with its lock.
 */
class BootTest {
  private static final long SECOND = 1_000_000_000L;

  private static Scenario nodes(String... profiles) throws ProblemException {
    StringBuilder nodes = new StringBuilder();
    for (int i = 0; i < profiles.length; i++) {
      String profile = profiles[i].isEmpty() ? "" : ", \"profile\": \"" + profiles[i] + "\"";
      nodes.append(i == 0 ? "" : ",").append("{\"id\": ").append(i + 1).append(profile).append("}");
    }
    String text = "{\"nodes\": [" + nodes + "]}";
    return ScenarioReader.read("boot.json", new java.io.StringReader(text));
  }

  private static Session open(String... profiles) throws ProblemException {
    return OnBoard.open(nodes(profiles));
  }

  private static ProcessView process(Session session, ProcessId id) {
    return session.view().processes().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static ProcessView daemon(Session session, String program) {
    return session.view().processes().stream()
        .filter(each -> each.program().equals(program) && each.exitStatus() < 0)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + program + " among " + session.view()));
  }

  private static String output(Session session, ProcessId id, int descriptor) {
    return session.events(0).stream()
        .map(each -> each.what())
        .filter(Happening.Output.class::isInstance)
        .map(Happening.Output.class::cast)
        .filter(each -> each.console().equals(id) && each.descriptor() == descriptor)
        .map(Happening.Output::bytes)
        .collect(Collectors.joining());
  }

  private static ProcessId launch(Session session, String program, String... arguments) {
    Command.Launch launch = new Command.Launch(program, 1, program, List.of(arguments), 1, false);
    assertThat(session.submit(launch).refused()).isNull();
    session.advance(session.now() + 2 * SECOND);
    return session.launched(program).getFirst();
  }

  /** Who is locked after the boot, and what a launch and a remote login get. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "redhat,         true,  true,  false",
    "redhat-profile, true,  false, false",
    "redhat-echo,    true,  true,  false",
    "debian,         false, false, false",
    "suse,           true,  true,  true"
  })
  void theProfileDecidesWhoIsLocked(
      String profile, boolean daemons, boolean launched, boolean login) throws ProblemException {
    try (Session session = open(profile)) {
      session.advance(SECOND);
      ProcessView init = process(session, new ProcessId(1, 1001));
      assertThat(init.program()).isEqualTo("init");
      assertThat(init.lock()).isFalse();
      assertThat(init.reasons()).extracting(each -> each.reason().word()).containsExactly("system");
      assertThat(daemon(session, "launchd").lock()).isEqualTo(daemons);
      ProcessId spin = launch(session, "spin");
      assertThat(process(session, spin).program()).isEqualTo("spin");
      assertThat(process(session, spin).lock()).isEqualTo(launched);
      assertThat(process(session, spin).parent()).isEqualTo(daemon(session, "launchd").id().pid());
      Command.OpenTerminal terminal =
          new Command.OpenTerminal("t", 1, "/bin/sleep", List.of("9"), 24, 80);
      assertThat(session.submit(terminal).refused()).isNull();
      session.advance(session.now() + SECOND);
      assertThat(daemon(session, "sleep").lock()).isEqualTo(login);
      assertThat(daemon(session, "sleep").parent()).isEqualTo(daemon(session, "sshd").id().pid());
    }
  }

  @Test
  void theLockComesFromTheRcThatInitStarted() throws ProblemException {
    try (Session session = open("redhat")) {
      session.advance(SECOND);
      ProcessId spin = launch(session, "spin");
      Explanation explanation = session.explain(spin, 0);
      LockOrigin origin =
          explanation.because().stream()
              .filter(each -> each.lock() != null)
              .findFirst()
              .orElseThrow()
              .lock();
      assertThat(origin.means()).isEqualTo(LockOrigin.Means.FILE);
      assertThat(origin.program()).isEqualTo("mosrun");
      assertThat(origin.holder()).isNotEqualTo(spin);
    }
  }

  @Test
  void aLaunchRunsAsTheNodesUserInItsHome() throws ProblemException {
    try (Session session = open("debian")) {
      session.advance(SECOND);
      ProcessId id = launch(session, "/bin/sh", "-c", "id -u; pwd; echo \"$1\" >&2", "sh", "it's");
      assertThat(output(session, id, 1)).isEqualTo("500\n/home/user\n");
      assertThat(output(session, id, 2)).isEqualTo("it's\n");
      assertThat(process(session, id).exitStatus()).isZero();
    }
  }

  /** What is asked for before the services run waits for them. */
  @Test
  void aLaunchAtTimeZeroWaitsForTheService() throws ProblemException {
    try (Session session = open("redhat")) {
      session.submit(new Command.Launch("a", 1, "spin", List.of(), 3, true));
      assertThat(session.launched("a")).isEmpty();
      session.advance(2 * SECOND);
      assertThat(session.launched("a")).hasSize(3);
      assertThat(process(session, session.launched("a").getLast()).lock()).isTrue();
    }
  }

  @Test
  void withoutItsServiceALaunchIsRefused() throws ProblemException {
    try (Session session = open("debian")) {
      session.advance(SECOND);
      session.submit(
          new Command.Signal(
              new org.godwit.model.command.ProcessRef.ById(daemon(session, "launchd").id()), 9));
      session.advance(session.now() + SECOND / 10);
      Command.Launch launch = new Command.Launch("a", 1, "spin", List.of(), 1, false);
      assertThat(session.submit(launch).refused().key()).isEqualTo("launch.no-service");
    }
  }

  @Test
  void aNodeThatJoinsBootsToo() throws ProblemException {
    Scenario two = nodes("debian", "redhat");
    try (Session session = OnBoard.open(nodes("debian"))) {
      session.submit(new Command.AddNode(two.nodes().get(1)));
      session.advance(SECOND);
      assertThat(process(session, new ProcessId(2, 2001)).program()).isEqualTo("init");
    }
  }

  private static String hosts(Session session, int node) {
    return new String(session.readFile(node, "/etc/hosts").orElseThrow(), StandardCharsets.UTF_8);
  }

  /** Names follow who joins and leaves; what somebody has written above them stays. */
  @Test
  void hostTablesFollowWhoJoinsAndLeaves() throws ProblemException {
    Scenario two = nodes("debian", "redhat");
    try (Session session = OnBoard.open(nodes("debian"))) {
      session.advance(SECOND);
      ProcessId shell =
          launch(session, "/bin/sh", "-c", "cat /etc/hosts; ls -l /etc/hosts | cut -c1-10");
      assertThat(output(session, shell, 1))
          .isEqualTo(
              "127.0.0.1 localhost\n# the cluster, as nodes join and leave:\n10.0.0.1 node1\n"
                  + "-rw-r--r--\n");
      session.submit(new Command.AddNode(two.nodes().get(1)));
      session.advance(session.now() + SECOND);
      assertThat(hosts(session, 1)).endsWith("leave:\n10.0.0.1 node1\n10.0.0.2 node2\n");
      assertThat(hosts(session, 2)).isEqualTo(hosts(session, 1));
      Command.OpenTerminal root =
          new Command.OpenTerminal(
              "t",
              1,
              "/bin/sh",
              List.of(
                  "-c",
                  "{ echo 10.9.9.9 mine; cat /etc/hosts; } > /tmp/h; mv /tmp/h /etc/hosts;"
                      + " mosctl whois node2; sleep 9"),
              24,
              80);
      assertThat(session.submit(root).refused()).isNull();
      session.advance(session.now() + SECOND);
      assertThat(shown(session)).contains("node2 is MOSIX #2");
      session.submit(new Command.RemoveNode(2));
      session.advance(session.now() + 9 * SECOND);
      assertThat(hosts(session, 1))
          .startsWith("10.9.9.9 mine\n")
          .endsWith("leave:\n10.0.0.1 node1\n");
    }
  }

  private static String shown(Session session) {
    return session.events(0).stream()
        .map(each -> each.what())
        .filter(Happening.TerminalOutput.class::isInstance)
        .map(each -> ((Happening.TerminalOutput) each).bytes())
        .collect(Collectors.joining());
  }

  private static void type(Session session, String text) {
    assertThat(session.submit(new Command.Type("t", text)).refused()).isNull();
    session.advance(session.now() + SECOND / 2);
  }

  /**
   * Who sits down at the console of a SuSE-like node is asked by mingetty, and is not locked as who
   * comes through sshd; when he leaves, init has another mingetty wait.
   */
  @Test
  void mingettyAsksAtTheConsoleAndItsLoginIsFree() throws ProblemException {
    try (Session session = open("suse")) {
      session.advance(SECOND);
      Command.OpenTerminal console =
          new Command.OpenTerminal("t", 1, "/dev/tty1", List.of(), 24, 80);
      assertThat(session.submit(console).refused()).isNull();
      session.advance(session.now() + SECOND / 2);
      assertThat(shown(session))
          .isEqualTo("SuSE-like node of an openMosix cluster\r\nnode1 login: ");
      ProcessId getty = daemon(session, "mingetty").id();
      assertThat(session.events(0).stream().map(each -> each.what()))
          .contains(new Happening.TerminalOpened(getty, "t", "/dev/tty1", 24, 80));
      type(session, "nobody\rroot\r");
      assertThat(shown(session)).contains("Login incorrect");
      type(session, "id -u; cat /proc/$$/lock; echo $TERM\r");
      assertThat(shown(session)).contains("\n0\r\n0\r\nxterm\r\n");
      Command.OpenTerminal second =
          new Command.OpenTerminal("u", 1, "/dev/tty1", List.of(), 24, 80);
      assertThat(session.submit(second).refused().key()).isEqualTo("terminal.no-getty");
      Command.OpenTerminal nowhere =
          new Command.OpenTerminal("v", 1, "/dev/tty4", List.of(), 24, 80);
      assertThat(session.submit(nowhere).refused().key()).isEqualTo("terminal.no-getty");

      type(session, "exit\r");
      ProcessId next = daemon(session, "mingetty").id();
      assertThat(next).isNotEqualTo(getty);
      assertThat(process(session, next).parent()).isEqualTo(1001);
      assertThat(session.submit(second).refused()).isNull();
      session.advance(session.now() + SECOND / 2);
      session.submit(new Command.CloseTerminal("u"));
      session.advance(session.now() + SECOND / 2);
      assertThat(daemon(session, "mingetty").id()).as("after a hang-up").isNotEqualTo(next);
    }
  }

  @Test
  void anUnknownProfileIsNamed() throws ProblemException {
    Scenario scenario = nodes("plan9");
    assertThatThrownBy(() -> Session.open(scenario, OnBoard.SOURCE, SessionOptions.DEFAULT))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().key()).isEqualTo("command.no-profile"));
  }

  /** Recorded, read and run again from nothing but the file, it is the same session. */
  @Test
  void theRecordingHoldsWhatWasBooted() throws ProblemException, IOException {
    try (Session session = open("redhat-profile", "")) {
      session.advance(SECOND);
      launch(session, "spin");
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      SessionFileWriter.write(RecordedSession.of(session), file);
      RecordedSession read =
          SessionFileReader.read("a.godwit", new ByteArrayInputStream(file.toByteArray()))
              .session();
      Recipe recipe =
          new Recipe(
              read.scenario(),
              SessionInputs.NONE,
              read.programs(),
              read.commands(),
              read.roots(),
              read.facts().endNanos(),
              0,
              0,
              Advisers.NONE);
      try (Session again = recipe.cook(name -> java.util.Optional.empty(), 2)) {
        assertThat(again.stateHash()).isEqualTo(session.stateHash());
        assertThat(again.events(0)).isEqualTo(session.events(0));
      }
    }
  }

  @Test
  void anArchiveIsOneThatTarReads() throws IOException, InterruptedException {
    List<GuestFile> files =
        List.of(
            new GuestFile("/etc", GuestFile.Kind.DIRECTORY, 0755, new byte[0], ""),
            new GuestFile(
                "/etc/a",
                GuestFile.Kind.FILE,
                0644,
                "x".repeat(513).getBytes(StandardCharsets.UTF_8),
                ""),
            new GuestFile("/etc/b", GuestFile.Kind.LINK, 0777, new byte[0], "a"));
    byte[] archive = new BootRoot("p", files).archive();
    BootRoot back = BootRoot.of("p", archive);
    assertThat(back.files()).usingRecursiveComparison().isEqualTo(files);
    archive[1030] ^= 1; // Content is the file's hash's affair.
    assertThat(BootRoot.of("p", archive).files()).hasSize(3);
    archive[1030] ^= 1;
    assertThat(listed(archive))
        .containsExactly("drwxr-xr-x etc", "-rw-r--r-- etc/a", "lrwxrwxrwx etc/b -> a");
    archive[3] ^= 1;
    assertThatThrownBy(() -> BootRoot.of("p", archive))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What tar says of it: mode and name. */
  private static List<String> listed(byte[] archive) throws IOException, InterruptedException {
    Path file = Files.createTempFile("root", ".tar");
    try {
      Files.write(file, archive);
      java.lang.Process tar;
      try {
        tar = new ProcessBuilder("tar", "-tvf", file.toString()).redirectErrorStream(true).start();
      } catch (IOException e) {
        return assumeTool("tar");
      }
      String text = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tar.waitFor()).as(text).isZero();
      return text.lines()
          .map(each -> each.replaceAll("^(\\S+) .*?\\d\\d:\\d\\d (.*)$", "$1 $2"))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  private static List<String> assumeTool(String tool) {
    Assumptions.abort(tool + " is not installed");
    return List.of();
  }
}
