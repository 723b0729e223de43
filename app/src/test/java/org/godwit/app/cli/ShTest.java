package org.godwit.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.resources.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code godwit sh}: the seed's words typed at a node's shell, with the node's own tools, which
 * know nothing but system calls and {@code /proc}.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShTest {
  private static List<String> lines(String script) {
    Captured shell = Captured.of("sh", "demo", "-c", script);
    assertThat(shell.err()).isEmpty();
    assertThat(shell.status()).isZero();
    return shell.out().lines().toList();
  }

  @Test
  void theStatusIsTheShells() {
    assertThat(Captured.of("sh", "demo", "-c", "exit 7").status()).isEqualTo(7);
    assertThat(Captured.of("sh", "demo", "-c", "kill -9 $$").status()).isEqualTo(137);
    Captured nowhere = Captured.of("sh", "demo", "--node", "9", "-c", "true");
    assertThat(nowhere.status()).isEqualTo(2);
    assertThat(nowhere.err()).startsWith("godwit: ").contains("9");
  }

  @Test
  void theNamesOfTheUserlandAreThoseThatItTells() {
    assertThat(lines("userland --list | sort"))
        .containsExactlyElementsOf(Catalogue.userlandNames());
  }

  /**
   * S1, S2: look at cantmove and lock; the move is refused by the process itself, not by the tool.
   */
  @Test
  void whatHoldsAProcessStandsInProc() {
    assertThat(
            lines(
                """
                threads & sleep 1
                cat /proc/$!/cantmove
                cat /proc/$!/lock
                migrate $! 2 2>/dev/null || echo refused
                sleep 1; cat /proc/$!/where
                """))
        .startsWith("clone_vm", "0")
        .endsWith("0");
  }

  /** S4: of three copies on two CPUs one leaves. */
  @Test
  void ofThreeSpinsOneLeaves() {
    List<String> places =
        lines(
            """
            for i in 1 2 3; do spin & pids="$pids $!"; done
            sleep 20
            for p in $pids; do cat /proc/$p/where; done
            """);
    assertThat(places).hasSize(3);
    assertThat(places.stream().filter(place -> !place.equals("0"))).hasSize(1);
  }

  /** S11, S12 and the negative: only the shell's own echo frees the shell and what it starts. */
  @Test
  void aLockPassesToChildrenAndOnlyABuiltinFreesTheShell() {
    assertThat(
            lines(
                """
                echo 1 > /proc/self/lock
                cat /proc/self/lock
                /bin/echo 0 > /proc/$$/lock; cat /proc/self/lock
                echo 1 > /proc/self/lock
                sh -c '/bin/sh -c "echo 0 > /proc/self/lock"'; cat /proc/self/lock
                mosrun -l cat /proc/self/lock
                cat /proc/self/lock
                echo 0 > /proc/self/lock
                cat /proc/self/lock
                mosrun -h cat /proc/self/lock
                """))
        .containsExactly("1", "0", "1", "0", "1", "0", "1");
  }

  @Test
  void anExplicitMoveGoesThoughTheProcessIsLocked() {
    assertThat(
            lines(
                """
                mosrun -h spin & sleep 1
                cat /proc/$!/lock
                migrate $! 3
                sleep 1; cat /proc/$!/where
                migrate $! home
                sleep 1; cat /proc/$!/where
                """))
        .containsExactly("1", "3", "0");
  }

  @Test
  void whoWasWaitedForIsNotInProcAnyMore() {
    assertThat(String.join("\n", lines("true; ls / > /dev/null; ps"))).doesNotContain("defunct");
  }
}
