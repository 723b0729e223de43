package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.godwit.model.command.Command;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs of the userland's shell, typed at a terminal. Which job is current is what bash says. */
@DisplayName("Job control")
class JobControlTest {
  private static final String SLEEP = "userland sleep ";

  /** Types, and says what was shown from then on, without the shell's own line. */
  private static List<String> typed(Lab lab, String text) {
    int seen = lab.session.events(0).size();
    lab.accept(new Command.Type("t", text));
    lab.forNanos(Lab.SECOND / 2);
    return lab.session.events(seen).stream()
        .map(each -> each.what())
        .filter(Happening.TerminalOutput.class::isInstance)
        .map(each -> ((Happening.TerminalOutput) each).bytes())
        .collect(Collectors.joining())
        .lines()
        .map(line -> line.replace("\r", "").replaceAll("\u001b\\[[0-9]*[A-Z]", ""))
        .filter(line -> !line.contains("$ ") && !line.isEmpty() && !line.contains(text.strip()))
        .toList();
  }

  private static Lab shell() {
    Lab lab = Lab.Plan.nodes(1).programs(UserlandShellTest::elf).open();
    lab.accept(new Command.OpenTerminal("t", 1, "userland", List.of("sh"), 24, 100));
    lab.forNanos(Lab.SECOND / 2);
    typed(lab, "PS1='$ '\r");
    return lab;
  }

  @Test
  @DisplayName("knows the job that was stopped last as the current one, and names it by its words")
  void jobsAreNamed() {
    try (Lab lab = shell()) {
      typed(lab, SLEEP + "100 & " + SLEEP + "200 & " + SLEEP + "300 &\r");
      assertThat(typed(lab, "jobs\r"))
          .containsExactly(
              "[1]  Running                userland sleep 100",
              "[2]- Running                userland sleep 200",
              "[3]+ Running                userland sleep 300");
      assertThat(typed(lab, "fg %1\r")).containsExactly("userland sleep 100");
      typed(lab, "\u001a");
      assertThat(typed(lab, "jobs %1 %- %?200\r"))
          .containsExactly(
              "[1]+ Stopped                userland sleep 100",
              "[3]- Running                userland sleep 300",
              "[2]  Running                userland sleep 200");
      assertThat(typed(lab, "fg\r")).containsExactly("userland sleep 100");
      typed(lab, "\u001a");
      assertThat(typed(lab, "bg %userland\r"))
          .containsExactly("sh: bg: %userland: more than one job");
      assertThat(typed(lab, "bg %7\r")).containsExactly("sh: bg: %7: no such job");
      List<String> ended = new ArrayList<>(typed(lab, "kill %1 %3\r"));
      ended.addAll(typed(lab, ":\r"));
      assertThat(ended)
          .as("who is stopped goes on, so that the signal ends it")
          .extracting(line -> line.substring(5))
          .containsExactlyInAnyOrder(
              "Terminated             userland sleep 100",
              "Terminated             userland sleep 300");
    }
  }

  @Test
  @DisplayName("says once to who leaves the shell that a job is stopped")
  void whoLeavesIsWarned() {
    try (Lab lab = shell()) {
      typed(lab, SLEEP + "100\r");
      assertThat(typed(lab, "\u001a")).contains("[1]+ Stopped                userland sleep 100");
      assertThat(typed(lab, "exit\r")).containsExactly("You have stopped jobs.");
      assertThat(typed(lab, "jobs\r")).hasSize(1);
      assertThat(typed(lab, "\u0004")).contains("You have stopped jobs.");
      assertThat(lab.happened(Happening.TerminalClosed.class, null)).isEmpty();
      typed(lab, "\u0004");
      assertThat(lab.happened(Happening.TerminalClosed.class, null)).hasSize(1);
      assertThat(lab.toEnd(Lab.SECOND)).as("what was stopped is hung up").isTrue();
    }
  }
}
