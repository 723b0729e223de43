package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.StayEvidence;
import org.godwit.model.StayReason;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.KernelVersion;
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
  @DisplayName("clone_vm: a process in the same memory, which has what comes of the memory, too")
  void processes() {
    check(
        "processes",
        """
        locked: mem_lock\s
        a process in our memory: mem_lock clone_vm\s
        it unlocks: clone_vm\s
        it has ended:\s
        """);
  }

  @Test
  @DisplayName("before 2.4.17 a process in another's memory does not stay, and a move is its end")
  void processesOfOldKernels() {
    Script two = new Script().call(220, 0x111, 0, 0, 0, 0).compute(400_000_000).exit(0);
    Lab.Plan plan = Lab.Plan.nodes(2).programs(Guests.ON_BOARD.with("two", two.elf()));
    for (KernelVersion version : List.of(KernelVersion.V2_4_16, KernelVersion.V2_4_17)) {
      try (Lab lab = plan.version(version).open()) {
        ProcessId parent = lab.launch("two");
        ProcessId child = new ProcessId(1, 1002);
        lab.forNanos(10 * Lab.MILLI);
        lab.move(parent, 2);
        lab.forNanos(100 * Lab.MILLI);
        boolean old = version == KernelVersion.V2_4_16;
        assertThat(lab.happened(Happening.ReasonRaised.class, child)).hasSize(old ? 0 : 1);
        assertThat(lab.status(parent)).isEqualTo(old ? 128 + 11 : -1);
        assertThat(lab.status(child)).as("who was not asked to move").isEqualTo(-1);
        assertThat(lab.view(parent).where()).isEqualTo(1);
      }
    }
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

  private static final int OPENAT = 56;
  private static final int FTRUNCATE = 46;
  private static final int MMAP = 222;
  private static final int MUNMAP = 215;
  private static final int READ_WRITE = 3;
  private static final int SHARED = 1;
  private static final int PRIVATE = 2;

  /** Makes /tmp/f, maps it shared after 20 ms, unmaps it after 20 more, maps it again and ends. */
  private static Script sharer() {
    Script script = new Script();
    long path = script.string("/tmp/f");
    long pause = script.words(0, 20 * Lab.MILLI);
    script.call(OPENAT, -100, path, 0102, 0666).expect(3, 1).call(FTRUNCATE, 3, 8192);
    script.call(NANOSLEEP, pause, 0).call(MMAP, 0, 8192, READ_WRITE, SHARED, 3, 0).keep(0);
    script.call(NANOSLEEP, pause, 0).call(MUNMAP, Script.slot(0), 8192);
    script.call(NANOSLEEP, pause, 0).call(MMAP, 0, 8192, READ_WRITE, SHARED, 3, 0);
    return script.call(NANOSLEEP, pause, 0).exit(0);
  }

  /** Maps a file privately after a pause, forks if wanted, and sleeps ever after. */
  private static Script viewer(String file, long pauseNanos, boolean forks) {
    Script script = new Script();
    long path = script.string(file);
    long pause = script.words(0, pauseNanos);
    long nap = script.words(0, Lab.MILLI);
    script.call(OPENAT, -100, path, 0, 0).expect(3, 1).call(NANOSLEEP, pause, 0);
    script.call(MMAP, 0, 4096, 1, PRIVATE, 3, 0).keep(0);
    if (forks) {
      script.fork(1, "on");
    }
    return script.label("on").call(NANOSLEEP, nap, 0).jump("on");
  }

  private static List<String> reasons(Lab lab, ProcessId process) {
    return lab.view(process).reasons().stream().map(each -> each.reason().word()).toList();
  }

  @Test
  @DisplayName("monkey: a private mapping of a file, while another process shares it")
  void privateOfShared() {
    Guests guests =
        sharer()
            .named("sharer")
            .with("viewer", viewer("/tmp/f", 1, true).elf())
            .with("other", viewer("/bin/spin", 1, false).elf())
            .with("late", viewer("/tmp/f", 25 * Lab.MILLI, false).elf());
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId sharer = lab.launch("sharer");
      lab.forNanos(2 * Lab.MILLI);
      ProcessId viewer = lab.launch("viewer");
      ProcessId away = lab.launch("viewer");
      ProcessId other = lab.launch("other");
      ProcessId late = lab.launch("late");
      lab.forNanos(2 * Lab.MILLI);
      lab.move(away, 2);
      lab.move(late, 2);
      assertThat(lab.until(() -> lab.view(late).where() == 2, Lab.MILLI, 9 * Lab.MILLI)).isTrue();
      assertThat(lab.view(away).where()).isEqualTo(2);
      assertThat(reasons(lab, viewer)).as("nobody shares yet").isEmpty();

      List<String> monkey = List.of("monkey");
      lab.until(() -> !reasons(lab, sharer).isEmpty(), Lab.MILLI, 20 * Lab.MILLI);
      assertThat(reasons(lab, viewer)).isEqualTo(monkey);
      ProcessId child = new ProcessId(1, viewer.pid() + 4);
      assertThat(reasons(lab, child)).as("what it has forked").isEqualTo(monkey);
      assertThat(reasons(lab, other)).as("another file").isEmpty();
      StayEvidence evidence = lab.view(viewer).reasons().getFirst();
      assertThat(evidence.call()).isEqualTo("mmap");
      assertThat(evidence.pc()).isPositive();
      assertThat(evidence.length()).isEqualTo(4096);
      assertThat(evidence.descriptor()).isEqualTo(3);
      lab.until(() -> lab.view(away).where() == 1, Lab.MILLI, 9 * Lab.MILLI);
      assertThat(reasons(lab, away)).as("it was called home").isEqualTo(monkey);
      lab.until(() -> lab.view(late).where() == 1, Lab.MILLI, 9 * Lab.MILLI);
      assertThat(reasons(lab, late)).as("it came home to map").isEqualTo(monkey);

      lab.until(() -> reasons(lab, sharer).isEmpty(), Lab.MILLI, 30 * Lab.MILLI);
      for (ProcessId each : List.of(viewer, child, away, late)) {
        assertThat(reasons(lab, each)).as("no longer shared").isEmpty();
      }
      lab.until(() -> !reasons(lab, sharer).isEmpty(), Lab.MILLI, 30 * Lab.MILLI);
      assertThat(reasons(lab, late)).as("shared again").isEqualTo(monkey);
      lab.until(() -> lab.status(sharer) == 0, Lab.MILLI, 30 * Lab.MILLI);
      assertThat(reasons(lab, viewer)).as("the end of the sharer frees as well").isEmpty();
    }
  }
}
