package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each stay reason is raised by its cause and cleared by its undoing (reference section 2.2). */
@DisplayName("Stay reasons")
class StayReasonsTest {
  /** Computes for about so long before the first call, so that it can be moved. */
  private static final String SPIN = "60000";

  private static final int SET_SCHEDULER = 119;
  private static final int NANOSLEEP = 101;

  private record Told(String text, List<StayEvidence> evidence, List<Integer> moves) {}

  private static Told run(String which, boolean away) {
    try (Lab lab = Lab.Plan.nodes(2).open()) {
      ProcessId process = lab.launch("stays", which, away ? SPIN : "0");
      if (away) {
        lab.move(process, 2);
        lab.until(() -> lab.view(process).where() == 2, Lab.MILLI, Lab.SECOND);
        assertThat(lab.view(process).where()).isEqualTo(2);
      }
      assertThat(lab.until(() -> lab.status(process) >= 0, Lab.MILLI, 10 * Lab.SECOND)).isTrue();
      assertThat(lab.status(process)).isZero();
      List<StayEvidence> evidence =
          lab.happened(Happening.ReasonRaised.class, process).stream()
              .map(Happening.ReasonRaised::evidence)
              .toList();
      assertThat(lab.happened(Happening.ReasonCleared.class, process))
          .as("everything raised was cleared")
          .hasSameSizeAs(evidence);
      return new Told(
          lab.wrote(process, 1),
          evidence,
          lab.migrations(process).stream().map(each -> each.to()).toList());
    }
  }

  private static void check(String which, String expected) {
    assertThat(run(which, false).text()).isEqualTo(expected);
    Told away = run(which, true);
    assertThat(away.text()).as("the same from another node").isEqualTo(expected);
    assertThat(away.moves()).as("it came home for the call that raises").containsExactly(2, 1);
  }

  @Test
  @DisplayName("monkey: shared writable mapping of a file, also by mprotect")
  void sharedFile() {
    check(
        "file",
        """
        shared writable file: monkey\s
        unmapped:\s
        shared read-only file:\s
        made writable: monkey\s
        read-only again:\s
        private file:\s
        it says shared
        """);
  }

  @Test
  @DisplayName("monkey: SysV shared memory")
  void segment() {
    check("segment", "shmget: monkey \nshmat: monkey \nremoved: monkey \nshmdt: \n");
  }

  @Test
  @DisplayName("mmap_dev: a mapped device, with range and descriptor as evidence")
  void device() {
    check(
        "device",
        "zeros 0, mine 7\nmapped /dev/zero: mmap_dev \nhalf unmapped: mmap_dev \nunmapped: \n");
    StayEvidence evidence = run("device", false).evidence().getFirst();
    assertThat(evidence.reason()).isEqualTo(StayReason.MMAP_DEV);
    assertThat(evidence.call()).isEqualTo("mmap");
    assertThat(evidence.length()).isEqualTo(8192);
    assertThat(evidence.descriptor()).isEqualTo(3);
    assertThat(evidence.argument()).isPositive();
    assertThat(evidence.pc()).isPositive();
  }

  @Test
  @DisplayName("mem_lock: mlock, mlockall, MAP_LOCKED; munlock, munlockall, munmap")
  void locked() {
    check(
        "locked",
        """
        mlock: mem_lock\s
        half unlocked: mem_lock\s
        munlock:\s
        unmapped:\s
        mlockall: mem_lock\s
        munlockall:\s
        MAP_LOCKED: mem_lock\s
        unmapped:\s
        mlock of nothing: ENOMEM
        """);
    StayEvidence evidence = run("locked", false).evidence().getFirst();
    assertThat(evidence.call()).isEqualTo("mlock");
    assertThat(evidence.length()).isEqualTo(8192);
  }

  @Test
  @DisplayName("clone_vm: threads")
  void threads() {
    check("threads", "thread: clone_vm \njoined: \n");
  }

  @Test
  @DisplayName("rt_sched: SCHED_FIFO and SCHED_RR")
  void realTime() {
    check(
        "realtime",
        """
        SCHED_FIFO: rt_sched\s
        SCHED_RR: rt_sched\s
        policy 2, priority 10
        SCHED_OTHER:\s
        priority 100: EINVAL
        """);
  }

  @Test
  @DisplayName("several at once, one per line, each cleared by its own undoing")
  void several() {
    check(
        "all",
        """
        several: monkey mmap_dev mem_lock rt_sched\s
        one less: mmap_dev mem_lock rt_sched\s
        three less: rt_sched\s
        none:\s
        """);
  }

  @Test
  @DisplayName("system and daemon: init and the discovery daemon, from birth")
  void fromBirth() {
    byte[] spin = Guests.read(Guests.folder("spin").resolve("spin.elf"));
    Guests guests = Guests.ON_BOARD.with("init", spin).with("omdiscd", spin);
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId init = lab.launch("init");
      ProcessId daemon = lab.launch("omdiscd");
      lab.forNanos(Lab.MILLI);
      assertThat(lab.view(init).reasons())
          .extracting(each -> each.reason())
          .containsExactly(StayReason.SYSTEM);
      assertThat(lab.view(daemon).reasons())
          .extracting(each -> each.reason())
          .containsExactly(StayReason.DAEMON);
      lab.move(daemon, 2);
      assertThat(lab.happened(Happening.MigrationRefused.class, daemon)).hasSize(1);
    }
  }

  private static long cpu(Lab lab, ProcessId process) {
    return lab.view(process).cpuNanos();
  }

  /** CPU time that each of the processes gets in the next second. */
  private static long[] second(Lab lab, ProcessId... processes) {
    long[] before = new long[processes.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = cpu(lab, processes[i]);
    }
    lab.forNanos(Lab.SECOND);
    long[] got = new long[processes.length];
    for (int i = 0; i < got.length; i++) {
      got[i] = cpu(lab, processes[i]) - before[i];
    }
    return got;
  }

  @Test
  @DisplayName(
      "real-time classes are scheduled: RR shares among equals, FIFO does not, priority preempts")
  void scheduled() {
    Guests guests = boss().named("boss");
    try (Lab lab = Lab.Plan.nodes(1).programs(guests).open()) {
      ProcessId other = lab.launch("spin");
      lab.launch("boss");
      lab.forNanos(100 * Lab.MILLI);
      ProcessId one = new ProcessId(1, 1003);
      ProcessId two = new ProcessId(1, 1004);
      long[] equals = second(lab, other, one, two);
      assertThat(equals[0]).as("nothing is left for the normal class").isZero();
      assertThat((double) equals[1] / equals[2]).as("round robin").isBetween(0.7, 1.4);
      lab.forNanos(Lab.SECOND);
      ProcessId fifo = new ProcessId(1, 1005);
      ProcessId equal = new ProcessId(1, 1006);
      long[] first = second(lab, one, fifo, equal);
      assertThat(first[0]).as("a lower priority waits").isZero();
      assertThat(Math.max(first[1], first[2]))
          .as("FIFO has no quantum")
          .isGreaterThan(990 * Lab.MILLI);
      assertThat(Math.min(first[1], first[2])).as("its equal waits").isZero();
      lab.forNanos(Lab.SECOND);
      ProcessId high = new ProcessId(1, 1007);
      long[] preempted = second(lab, fifo, equal, high);
      assertThat(preempted[0] + preempted[1]).as("a higher one preempts FIFO").isZero();
      assertThat(preempted[2]).isGreaterThan(990 * Lab.MILLI);
      for (ProcessId each : List.of(one, two, fifo, equal, high)) {
        lab.signal(each, 9);
      }
      lab.forNanos(100 * Lab.MILLI);
      assertThat(second(lab, other)[0]).isGreaterThan(990 * Lab.MILLI);
    }
  }

  /** FIFO 99 itself; starts two RR 3, two seconds later two FIFO 5, two later an RR 9. */
  private static Script boss() {
    Script script = new Script();
    long top = script.words(99);
    long span = script.words(2, 0);
    long[] parameters = {script.words(3), script.words(5), script.words(9)};
    script.call(SET_SCHEDULER, 0, 1, top).expect(0, 3);
    script.fork(0, "rr").fork(0, "rr").call(NANOSLEEP, span, 0);
    script.fork(0, "fifo").fork(0, "fifo").call(NANOSLEEP, span, 0);
    script.fork(0, "high").exit(0);
    script.label("rr").call(SET_SCHEDULER, 0, 2, parameters[0]).jump("on");
    script.label("fifo").call(SET_SCHEDULER, 0, 1, parameters[1]).jump("on");
    script.label("high").call(SET_SCHEDULER, 0, 2, parameters[2]).jump("on");
    return script.label("on").jump("on");
  }
}
