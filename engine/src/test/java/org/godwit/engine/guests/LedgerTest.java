package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.ProcessRef;
import org.godwit.model.event.Happening;
import org.godwit.model.view.LedgerRow;
import org.godwit.model.view.LedgerRow.Place;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which calls of a process ran where, and what each kind cost. */
@DisplayName("The ledger of system calls")
class LedgerTest {
  private static final Path PROGRAMS = Path.of("..", "resources", "programs-test");

  private static Map<String, Long> counts(List<LedgerRow> ledger, Place place) {
    Map<String, Long> counts = new TreeMap<>();
    for (LedgerRow row : ledger) {
      if (row.place() == place) {
        counts.put(row.call(), row.count());
      }
    }
    return counts;
  }

  private static LedgerRow row(List<LedgerRow> ledger, String call, Place place) {
    return ledger.stream()
        .filter(each -> each.call().equals(call) && each.place() == place)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + call + " " + place + " in " + ledger));
  }

  @Test
  @DisplayName("counts the calls that qemu-riscv64 -strace counts")
  void countsWhatQemuCounts() throws IOException, InterruptedException {
    Map<String, Long> traced = traced("fdtest");
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      ProcessId id = lab.launch("fdtest");
      assertThat(lab.toEnd(10 * Lab.SECOND)).isTrue();
      List<LedgerRow> ledger = lab.session.ledger(id);
      assertThat(counts(ledger, Place.HERE)).isEqualTo(traced);
      assertThat(ledger)
          .allSatisfy(
              each -> {
                assertThat(each.costNanos()).isGreaterThanOrEqualTo(2_000 * each.count());
                assertThat(each.sentBytes() + each.receivedBytes()).isZero();
              });
    }
  }

  /** What a program calls under qemu, without the call that never returns. */
  private static Map<String, Long> traced(String program) throws IOException, InterruptedException {
    Process qemu;
    try {
      qemu =
          new ProcessBuilder(
                  "qemu-riscv64",
                  "-strace",
                  PROGRAMS.resolve(program + "/" + program + ".elf") + "")
              .start();
    } catch (IOException e) {
      Assumptions.abort("qemu-riscv64 is not installed");
      throw e;
    }
    String trace = new String(qemu.getErrorStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(qemu.waitFor()).isZero();
    Map<String, Long> calls = new TreeMap<>();
    for (String line : trace.lines().toList()) {
      var call = java.util.regex.Pattern.compile("^\\d+ ([a-z0-9_]+)\\(").matcher(line);
      if (call.find() && !call.group(1).equals("exit_group")) {
        calls.merge(call.group(1), 1L, Long::sum);
      }
    }
    assertThat(calls).hasSizeGreaterThan(10);
    return calls;
  }

  @Test
  @DisplayName("tells calls that were forwarded from those before, and goes with the body")
  void tellsHereFromHome() {
    try (Lab lab = Lab.Plan.nodes(3).open()) {
      ProcessId id = lab.launch("files", "0", "1000");
      lab.forNanos(50 * Lab.MILLI);
      List<LedgerRow> before = lab.session.ledger(id);
      assertThat(counts(before, Place.HOME)).isEmpty();
      long writes = row(before, "write", Place.HERE).count();
      assertThat(writes).isPositive();
      lab.move(id, 2);
      assertThat(lab.until(() -> lab.view(id).where() == 2, Lab.MILLI, Lab.SECOND)).isTrue();
      lab.forNanos(100 * Lab.MILLI);
      lab.move(id, 3);
      assertThat(lab.until(() -> lab.view(id).where() == 3, Lab.MILLI, Lab.SECOND)).isTrue();
      lab.forNanos(100 * Lab.MILLI);
      List<LedgerRow> after = lab.session.ledger(id);
      long forwarded = counts(after, Place.HOME).values().stream().mapToLong(each -> each).sum();
      // The one that is on its way, or at home but not back.
      assertThat(lab.view(id).forwardedCalls() - forwarded).isBetween(0L, 1L);
      LedgerRow here = row(after, "write", Place.HERE);
      LedgerRow home = row(after, "write", Place.HOME);
      assertThat(home.count()).isGreaterThan(100);
      // Two messages of 25 us at each end, and 100 us each way.
      assertThat(home.costNanos()).isGreaterThan(200_000 * home.count());
      assertThat(here.costNanos()).isLessThan(20_000 * here.count());
      // Each write carries its kilobyte.
      assertThat(home.sentBytes()).isGreaterThan(1024 * home.count());
      assertThat(home.receivedBytes()).isPositive();
      assertThat(row(after, "read", Place.HOME).receivedBytes())
          .isGreaterThan(1024 * row(after, "read", Place.HOME).count());
    }
  }

  @Test
  @DisplayName("keeps waiting apart from cost")
  void keepsWaitingApart() {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      ProcessId parent = lab.launch("pipe");
      ProcessId child = new ProcessId(1, parent.pid() + 1);
      lab.forNanos(2 * Lab.SECOND);
      LedgerRow read = row(lab.session.ledger(child), "read", Place.HERE);
      assertThat(read.waitedNanos()).as(read.toString()).isGreaterThan(Lab.MILLI);
      assertThat(read.costNanos()).isLessThan(10_000 * read.count());
    }
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      ProcessId sleeper = lab.launch("sleeper", "3", "200");
      lab.forNanos(100 * Lab.MILLI);
      lab.move(sleeper, 2);
      assertThat(lab.toEnd(5 * Lab.SECOND)).isTrue();
      long waited = 0;
      for (LedgerRow each : lab.session.ledger(sleeper)) {
        waited += each.call().endsWith("nanosleep") ? each.waitedNanos() : 0;
        assertThat(each.place() == Place.HOME && each.call().endsWith("sleep")).isFalse();
      }
      assertThat(waited).isBetween(599 * Lab.MILLI, 601 * Lab.MILLI);
    }
  }

  @Test
  @DisplayName("is written down while a process is away and when it ends")
  void isRecorded() {
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      ProcessId id = lab.launch("files", "0", "1000000");
      lab.move(id, 2);
      lab.forNanos(12 * Lab.SECOND);
      List<Happening.CallsCounted> said = lab.happened(Happening.CallsCounted.class, id);
      assertThat(said).hasSize(1);
      assertThat(counts(said.getFirst().rows(), Place.HOME)).containsKeys("read", "write");
      lab.session.submit(new Command.Signal(new ProcessRef.ById(id), 9));
      lab.forNanos(Lab.SECOND);
      assertThat(lab.happened(Happening.CallsCounted.class, id).getLast().rows())
          .isEqualTo(lab.session.ledger(id));
    }
  }

  @Test
  @DisplayName("is not written down of who has not been away")
  void isNotRecordedOfOthers() {
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      ProcessId id = lab.launch("fdtest");
      assertThat(lab.toEnd(10 * Lab.SECOND)).isTrue();
      assertThat(lab.happened(Happening.CallsCounted.class, id)).isEmpty();
    }
  }
}
