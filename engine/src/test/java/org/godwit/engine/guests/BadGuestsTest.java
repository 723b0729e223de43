package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.godwit.engine.kernel.Syscall;
import org.godwit.engine.kernel.SyscallTable;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guests that misbehave harm themselves alone: they get an errno or a signal, others go on, and the
 * host never sees an exception. (Faulting instructions are cases of the program {@code fault}.)
 */
@DisplayName("Bad guests")
class BadGuestsTest {
  private static final int EMFILE = 24;
  private static final int MOST_PROCESSES = 1024;
  private static final int ENOSYS = 38;

  private static Script forever(Script script) {
    return script.label("ever").compute(1000).jump("ever");
  }

  private static Guests with(Script bad) {
    return bad.named("bad").with("good", forever(new Script()).elf());
  }

  private static void assertGoesOn(Lab lab, ProcessId good) {
    long before = lab.view(good).instructions();
    lab.forNanos(Lab.SECOND);
    assertThat(lab.view(good).instructions()).as("the other goes on").isGreaterThan(before);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"low", "high", "edge"})
  @DisplayName(
      "wild pointers are EFAULT also where qemu-riscv64, which says the rest, forgets to look")
  void wildPointers(String where) {
    try (Lab lab = Lab.Plan.nodes(1).open()) {
      ProcessId wild = lab.launch("wild", where, "linux");
      assertThat(lab.until(() -> lab.status(wild) >= 0, Lab.MILLI, Lab.SECOND)).isTrue();
      assertThat(lab.wrote(wild, 1))
          .isEqualTo("nanosleep request: EFAULT\nclock_getres time: EFAULT\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "9, 2999", "106, 0"})
  @DisplayName("calls at random, of a hundred kinds with arguments of all kinds, end as they like")
  void randomCalls(int seed, long migrateEvery) {
    try (Lab lab = Lab.Plan.nodes(2).migrateEvery(migrateEvery).open()) {
      ProcessId chaos = lab.launch("chaos", Integer.toString(seed), "20");
      assertThat(lab.until(() -> lab.status(chaos) >= 0, 100 * Lab.MILLI, 200 * Lab.SECOND))
          .isTrue();
      lab.session.stateHash();
      for (int node : new int[] {1, 2}) {
        ProcessId next = lab.launchOn(node, "hello");
        assertThat(lab.until(() -> lab.status(next) == 0, Lab.MILLI, Lab.SECOND)).isTrue();
      }
    }
  }

  @Test
  @DisplayName("a fork bomb is bounded, and others go on")
  void forkBomb() {
    Script bomb = new Script().label("more").call(220, 17, 0, 0, 0, 0).jump("more");
    try (Lab lab = Lab.Plan.nodes(2).programs(with(bomb)).open()) {
      ProcessId here = lab.launch("good");
      ProcessId there = lab.launchOn(2, "good");
      lab.launch("bad");
      BooleanSupplier full =
          () -> Inside.node(lab.session, 1).kernel().processes().size() >= MOST_PROCESSES;
      assertThat(lab.until(full, 100 * Lab.MILLI, 20 * Lab.SECOND)).as("full").isTrue();
      lab.forNanos(Lab.SECOND);
      assertThat(Inside.node(lab.session, 1).kernel().processes()).hasSize(MOST_PROCESSES);
      assertGoesOn(lab, there);
      assertThat(lab.status(here)).isEqualTo(-1);
    }
  }

  @Test
  @DisplayName("a descriptor leak ends in EMFILE")
  void descriptorLeak() {
    Script leak = new Script().label("more").call(23, 1).ifNegative("full").jump("more");
    leak.label("full").expect(-EMFILE, 1).call(23, 1).expect(-EMFILE, 2).exit(0);
    try (Lab lab = Lab.Plan.nodes(1).programs(with(leak)).open()) {
      ProcessId good = lab.launch("good");
      ProcessId bad = lab.launch("bad");
      assertThat(lab.until(() -> lab.status(bad) == 0, Lab.SECOND, 10 * Lab.SECOND)).isTrue();
      assertGoesOn(lab, good);
    }
  }

  @Test
  @DisplayName("who eats the memory dies, with an event, at home and away, and others go on")
  void memoryHog() {
    Script hog = new Script().compute(100_000);
    hog.call(222, 0x1000_0000, 64 << 20, 3, 0x32, -1, 0).expect(0x1000_0000, 1);
    hog.instruction("addi t3,a0,0").instruction("lui t5,0x1").label("touch");
    hog.instruction("sd t5,0(t3)").instruction("add t3,t3,t5").jump("touch");
    for (int where = 1; where <= 2; where++) {
      try (Lab lab = Lab.Plan.nodes(2).memory(16).programs(with(hog)).open()) {
        List<ProcessId> good = List.of(lab.launch("good"), lab.launchOn(2, "good"));
        ProcessId bad = lab.launch("bad");
        if (where != 1) {
          lab.move(bad, where);
        }
        assertThat(lab.until(() -> lab.status(bad) >= 0, Lab.MILLI, 10 * Lab.SECOND)).isTrue();
        assertThat(lab.status(bad)).isEqualTo(128 + 9);
        assertThat(lab.happened(Happening.OutOfMemory.class, bad)).hasSize(1);
        assertThat(lab.view(bad).where()).isEqualTo(where);
        good.forEach(each -> assertGoesOn(lab, each));
        assertThat(Inside.node(lab.session, where).frames().used()).isLessThan(100);
      }
    }
  }

  /**
   * Where no page is free the kernel itself may need one for a program.
   *
   * @param status what the program ends with
   * @param killed which processes went for want of memory, by the order of their birth
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "handler, handled, 137, 2",
    "fork, forked, 137, 2 1",
    "clear, not cleared yet cleared, 137, ''",
    "fault, '', 137, 1 2"
  })
  @DisplayName("where memory is full")
  void memoryFullUnderTheKernel(String part, String out, int status, String killed) {
    try (Lab lab = Lab.Plan.nodes(1).memory(16).open()) {
      ProcessId process = lab.launch("full", part);
      assertThat(lab.until(() -> lab.status(process) >= 0, Lab.MILLI, 60 * Lab.SECOND)).isTrue();
      assertThat(lab.wrote(process, 1).strip().replace('\n', ' ')).isEqualTo(out);
      assertThat(lab.status(process)).isEqualTo(status);
      lab.forNanos(10 * Lab.MILLI);
      List<ProcessId> gone = new ArrayList<>();
      for (String each : killed.split(" ")) {
        if (!each.isEmpty()) {
          gone.add(new ProcessId(1, 1000 + Integer.parseInt(each)));
        }
      }
      assertThat(lab.happened(Happening.OutOfMemory.class, null).isEmpty())
          .isEqualTo(gone.isEmpty());
      assertThat(
              lab.happened(Happening.Killed.class, null).stream()
                  .filter(each -> each.signal() == 9)
                  .map(Happening.Killed::process))
          .containsAll(gone);
    }
  }

  @Test
  @DisplayName("an unknown call gives ENOSYS and one event for each number")
  void unknownCall() {
    Script script = new Script();
    for (int i = 0; i < 3; i++) {
      script.call(999, 1, 2, 3).expect(-ENOSYS, 1).call(-5).expect(-ENOSYS, 2);
      script.call(0x7fff_ffff).expect(-ENOSYS, 3);
    }
    try (Lab lab = Lab.Plan.nodes(1).programs(with(script.exit(0))).open()) {
      ProcessId bad = lab.launch("bad");
      assertThat(lab.toEnd(Lab.SECOND)).isTrue();
      assertThat(lab.status(bad)).isZero();
      assertThat(lab.happened(Happening.UnknownCall.class, bad).stream().map(each -> each.number()))
          .containsExactly(999, -5, 0x7fff_ffff);
    }
  }

  /** Calls whose arguments are checked nowhere else get more tries. */
  private static final List<String> MEMORY_CALLS =
      List.of("mmap", "munmap", "mprotect", "mremap", "madvise", "brk", "shmat", "futex");

  record Wild(int number, String name, int where, int rounds) {
    @Override
    public String toString() {
      return name + " on node " + where;
    }
  }

  static List<Wild> wild() {
    List<Wild> all = new ArrayList<>();
    for (Syscall row : new SyscallTable().rows()) {
      int rounds = MEMORY_CALLS.contains(row.name()) ? 150 : 40;
      all.add(new Wild(row.number(), row.name(), 1, rounds));
      all.add(new Wild(row.number(), row.name(), 2, rounds));
    }
    return all;
  }

  /** Each call with arguments out of a bag of nasty ones, at home and away. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("wild")
  @DisplayName("wild arguments")
  void wildArguments(Wild wild) {
    Random random = new Random(4711 + wild.number);
    Script script = new Script().compute(wild.where == 1 ? 10 : 60_000);
    long[] bag = {
      0,
      1,
      2,
      3,
      -1,
      -2,
      8,
      16,
      17,
      1000,
      4096,
      1 << 20,
      1L << 31,
      1L << 32,
      1L << 35,
      1L << 62,
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      Integer.MIN_VALUE,
      Integer.MAX_VALUE,
      Script.CODE,
      Script.DATA,
      Script.DATA + 1,
      Script.DATA + 3000,
      Script.DATA + 4090,
      Script.DATA + 4096,
      0xfff_ffff_f000L,
      0xf_ffff_e000L,
      0xf_ffff_f000L,
      script.words(3, 5),
      script.string("/tmp"),
      script.string("/proc/self/exe"),
      script.words(Script.DATA, 100),
      script.words(-1, -1),
      script.words(0x1000_0000_0001L, Long.MAX_VALUE),
      script.string("x".repeat(300)),
      0x100,
      0x11,
      0x10900,
      1001,
      1002,
      -1001
    };
    for (int round = 0; round < wild.rounds; round++) {
      Object[] arguments = new Object[6];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = bag[random.nextInt(bag.length)];
      }
      script.call(wild.number, arguments);
    }
    Guests guests = script.exit(0).named("bad").with("good", new Script().exit(7).elf());
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId bad = lab.launch("bad");
      if (wild.where != 1) {
        lab.move(bad, wild.where);
      }
      lab.forNanos(60 * Lab.MILLI);
      ProcessId good = lab.launch("good");
      assertThat(lab.until(() -> lab.status(good) == 7, 10 * Lab.MILLI, Lab.SECOND))
          .as("another program runs and ends")
          .isTrue();
      lab.session.stateHash();
      if (lab.status(bad) < 0) {
        lab.signal(bad, 9);
        lab.until(() -> lab.status(bad) >= 0, 10 * Lab.MILLI, 2 * Lab.SECOND);
      }
      assertThat(lab.status(bad)).as("it is gone").isNotNegative();
    }
  }
}
