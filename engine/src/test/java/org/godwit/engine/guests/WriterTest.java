package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.Test;

/** Output names the process that wrote it and the launch to whose console it went. */
class WriterTest {
  @Test
  void whatAChildWritesIsItsOwnAndOnTheStreamOfTheLaunch() {
    try (Lab lab = Lab.Plan.nodes(1).programs(UserlandShellTest::elf).open()) {
      ProcessId shell =
          lab.launch(
              "userland", "sh", "-c", "echo one; (echo two; echo three >&2) & wait; echo four");
      assertThat(lab.toEnd(10 * Lab.SECOND)).isTrue();
      ProcessId child = new ProcessId(1, shell.pid() + 1);
      List<Happening.Output> written = lab.happened(Happening.Output.class, null);
      assertThat(written)
          .containsExactly(
              new Happening.Output(shell, null, 1, "one\n"),
              new Happening.Output(child, shell, 1, "two\n"),
              new Happening.Output(child, shell, 2, "three\n"),
              new Happening.Output(shell, null, 1, "four\n"));
      assertThat(written).allMatch(each -> each.console().equals(shell));
    }
  }
}
