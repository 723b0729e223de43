package org.godwit.app.panel.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.godwit.app.panel.Clusters.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.event.Event;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;

class TerminalsViewModelTest {
  private static final ProcessId SHELL = new ProcessId(2, 2001);

  private final List<Command> given = new ArrayList<>();
  private final TerminalsViewModel model = new TerminalsViewModel(given::add);

  @Test
  void whoLogsInGetsTheTabThatOpensAndTheKeyboard() {
    append(opened("other", new ProcessId(1, 1001)));
    model.open(2);
    Command.OpenTerminal command = (Command.OpenTerminal) given.getFirst();
    assertThat(command.node()).isEqualTo(2);
    append(opened(command.terminal(), SHELL));
    Login login = model.selectedProperty().get();
    assertThat(login.leader()).isEqualTo(SHELL);
    assertThat(model.takeKeyboard(login)).isTrue();
    assertThat(model.takeKeyboard(login)).as("once").isFalse();
    model.open(2);
    assertThat(((Command.OpenTerminal) given.getLast()).terminal())
        .isNotEqualTo(command.terminal());
  }

  @Test
  void theScreenOfAMomentIsMadeOfWhatWasShownUntilThenAndTabsStay() {
    List<Event> all =
        List.of(
            opened("t", SHELL),
            event(10, 2, new Happening.TerminalOutput("t", "one\r\n")),
            event(20, 2, new Happening.TerminalOutput("t", "\u001b[2Jtwo")),
            event(30, 2, new Happening.TerminalResized("t", 5, 40)),
            event(35, 1, new Happening.TerminalOpened(new ProcessId(1, 1001), "u", "x", 9, 9)),
            event(40, 2, new Happening.Exited(SHELL, 3)),
            event(41, 2, new Happening.TerminalClosed("t")));
    model.append(all, true);
    Login login = model.logins().getFirst();
    assertThat(login.shown().wholeText()).doesNotContain("one").contains("two");
    assertThat(login.shown().rows()).isEqualTo(5);
    model.beginAgain();
    model.append(all.subList(0, 2), false);
    assertThat(model.logins()).containsExactly(login);
    assertThat(model.selectedProperty().get()).isSameAs(login);
    assertThat(login.shown().wholeText()).isEqualTo("one\n");
    assertThat(login.shown().rows()).isEqualTo(24);
    assertThat(login.isOpen()).isTrue();
    model.append(all.subList(2, all.size()), false);
    assertThat(login.shown().wholeText()).isEqualTo("\ntwo\n");
    assertThat(login.status()).isEqualTo(3);
    assertThat(model.logins()).hasSize(2);
    model.close(login);
    model.beginAgain();
    model.append(all, false);
    assertThat(model.logins()).as("a closed tab stays closed").hasSize(1);
  }

  @Test
  void onlyNewsAreAnswered() {
    append(opened("t", SHELL));
    model.append(List.of(event(5, 2, new Happening.TerminalOutput("t", "\u001b[6n"))), false);
    assertThat(given).isEmpty();
    append(event(6, 2, new Happening.TerminalOutput("t", "\u001b[6n")));
    assertThat(given).containsExactly(new Command.Type("t", "\u001b[1;1R"));
  }

  @Test
  void aLongPasteWaitsForItsReader() {
    append(opened("t", SHELL));
    String text = "はい0123456789".repeat(2500);
    Login login = model.logins().getFirst();
    login.type(text.getBytes(UTF_8));
    assertThat(typed()).hasSize(16_384);
    for (int i = 0; i < 4; i++) {
      login.waiting(0);
    }
    assertThat(given).allMatch(c -> ((Command.Type) c).bytes().length() <= 4096);
    assertThat(new String(typed().getBytes(ISO_8859_1), UTF_8)).isEqualTo(text);
  }

  @Test
  void aShellThatEndsSaysHowAndIsFollowedByAnother() {
    append(
        opened("t", SHELL),
        event(1, 2, new Happening.Exited(SHELL, 3)),
        event(2, 2, new Happening.TerminalClosed("t")));
    Login login = model.logins().getFirst();
    assertThat(login.isOpen()).isFalse();
    assertThat(login.status()).isEqualTo(3);
    login.type("x".getBytes(UTF_8));
    assertThat(given).isEmpty();
    model.again(login);
    assertThat(model.logins()).isEmpty();
    assertThat(given).hasOnlyElementsOfType(Command.OpenTerminal.class).hasSize(1);
  }

  @Test
  void aConsoleIsSatDownAtAgainAsAConsole() {
    model.openConsole(2, "tty1");
    Command.OpenTerminal first = (Command.OpenTerminal) given.getFirst();
    assertThat(first.program()).isEqualTo("/dev/tty1");
    append(
        event(0, 2, new Happening.TerminalOpened(SHELL, first.terminal(), "/dev/tty1", 24, 80)),
        event(5, 2, new Happening.TerminalClosed(first.terminal())));
    model.again(model.selectedProperty().get());
    Command.OpenTerminal again = (Command.OpenTerminal) given.getLast();
    assertThat(again.program()).isEqualTo("/dev/tty1");
    assertThat(again.terminal()).isNotEqualTo(first.terminal());
  }

  private String typed() {
    return given.stream().map(c -> ((Command.Type) c).bytes()).collect(Collectors.joining());
  }

  private void append(Event... events) {
    model.append(List.of(events), true);
  }

  private static Event opened(String terminal, ProcessId shell) {
    return event(
        0, shell.home(), new Happening.TerminalOpened(shell, terminal, "/dev/pts/0", 24, 80));
  }
}
