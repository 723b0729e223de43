package org.godwit.engine.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.godwit.model.ProcessId;
import org.godwit.model.event.Happening;
import org.godwit.model.scenario.NodeLimits;
import org.godwit.model.scenario.NodeLimits.Kind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a program may take of a node is said by the scenario; beyond it has an errno. */
@DisplayName("A node's limits")
class LimitsTest {
  private static final int EAGAIN = 11;
  private static final int ENOMEM = 12;
  private static final int ENOBUFS = 105;
  private static final int EMFILE = 24;
  private static final int EFBIG = 27;
  private static final int ENOSPC = 28;
  private static final int CLONE = 220;
  private static final int DUP = 23;
  private static final int OPENAT = 56;
  private static final int MKDIRAT = 34;
  private static final int PIPE2 = 59;
  private static final int SOCKETPAIR = 199;
  private static final int WRITE = 64;
  private static final int FTRUNCATE = 46;
  private static final int PPOLL = 73;
  private static final int GETRLIMIT = 163;
  private static final int AT_FDCWD = -100;
  private static final int CREATE = 0101;
  private static final int NONBLOCK = 04000;

  /** 256 files are as few as a node may have; those of a bare node are some dozen. */
  private static final NodeLimits FEW = new NodeLimits(5, 3, 256, 64, 20, 8192);

  private static void assertReached(
      Script script, NodeLimits limits, Kind kind, String call, long most) {
    Guests guests =
        script
            .exit(0)
            .named("bad")
            .with("good", new Script().label("ever").compute(1000).jump("ever").elf());
    try (Lab lab = Lab.Plan.nodes(1).memory(16).limits(limits).programs(guests).open()) {
      ProcessId good = lab.launch("good");
      ProcessId bad = lab.launch("bad");
      assertThat(lab.until(() -> lab.status(bad) >= 0, Lab.MILLI, 20 * Lab.SECOND)).isTrue();
      assertThat(lab.status(bad)).as("the program had the errno that it expected").isZero();
      assertThat(lab.happened(Happening.LimitReached.class, null))
          .as("one event, however often it tried")
          .isEqualTo(List.of(new Happening.LimitReached(bad, call, kind, most)));
      long before = lab.view(good).instructions();
      lab.forNanos(100 * Lab.MILLI);
      assertThat(lab.view(good).instructions()).as("another goes on").isGreaterThan(before);
    }
  }

  /** Makes a call until it fails, and once more: both times with the errno. */
  private static Script until(Script script, int errno, int number, Object... arguments) {
    script.label("more").call(number, arguments).ifNegative("full").jump("more").label("full");
    return script.expect(-errno, 1).call(number, arguments).expect(-errno, 2);
  }

  private static Script sleeping(Script script) {
    return script.label("rest").call(PPOLL, 0, 0, 0, 0, 0).jump("rest");
  }

  @Test
  void processes() {
    Script bomb = new Script().label("more").call(CLONE, 17, 0, 0, 0, 0);
    bomb.ifZero("child").ifNegative("full").jump("more");
    sleeping(bomb.label("child"));
    bomb.label("full").expect(-EAGAIN, 1).call(CLONE, 17, 0, 0, 0, 0).expect(-EAGAIN, 2);
    // The bomb, the other program and three children.
    assertReached(bomb, FEW, Kind.PROCESSES, "clone", 5);
  }

  @Test
  void descriptors() {
    Script leak = new Script();
    long limit = leak.room(16);
    leak.call(GETRLIMIT, 7, limit).expect(0, 3).expectWord(limit, 20, 4);
    leak.expectWord(limit + 8, 20, 5);
    assertReached(until(leak, EMFILE, DUP, 1), FEW, Kind.DESCRIPTORS, "dup", 20);
  }

  @Test
  @DisplayName("open files: those of all processes together")
  void openFiles() {
    Script leak = new Script();
    long ends = leak.room(8);
    leak.label("fork").call(CLONE, 17, 0, 0, 0, 0).ifZero("fork").label("more");
    leak.call(PIPE2, ends, 0).ifNegative("full").jump("more").label("full");
    sleeping(leak);
    NodeLimits limits = new NodeLimits(8, 3, 256, 64, 20, 8192);
    try (Lab lab = Lab.Plan.nodes(1).memory(16).limits(limits).programs(leak.named("bad")).open()) {
      lab.launch("bad");
      lab.forNanos(Lab.SECOND);
      assertThat(lab.happened(Happening.LimitReached.class, null))
          .filteredOn(each -> each.limit() == Kind.OPEN_FILES)
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.most()).isEqualTo(64));
    }
  }

  @Test
  void files() {
    Script fill = new Script();
    long name = fill.string("/tmp/aa");
    fill.instruction("addi s2,zero,0").label("more").instruction("lui t0,32");
    fill.instruction("srli t1,s2,5").instruction("addi t1,t1,65").instruction("sb t1,5(t0)");
    fill.instruction("andi t1,s2,31").instruction("addi t1,t1,65").instruction("sb t1,6(t0)");
    fill.instruction("addi s2,s2,1");
    fill.call(MKDIRAT, AT_FDCWD, name, 0755).ifNegative("full").jump("more").label("full");
    fill.expect(-ENOSPC, 1).call(MKDIRAT, AT_FDCWD, name, 0755).expect(-ENOSPC, 2);
    assertReached(fill, FEW, Kind.FILES, "mkdirat", 256);
  }

  @Test
  void sizeOfAFile() {
    Script grow = new Script();
    long path = grow.string("/tmp/big");
    grow.call(OPENAT, AT_FDCWD, path, CREATE, 0644).expect(3, 4);
    grow.call(FTRUNCATE, 3, 8192).expect(0, 1).call(FTRUNCATE, 3, 8193).expect(-EFBIG, 2);
    grow.call(FTRUNCATE, 3, 8193).expect(-EFBIG, 3);
    assertReached(grow, FEW, Kind.FILE_SIZE, "ftruncate", 8192);
  }

  @Test
  @DisplayName("memory: pipes take it as well, so that who fills them has ENOMEM")
  void memoryOfPipes() {
    Script fill = new Script();
    long ends = fill.room(8);
    fill.label("more").call(PIPE2, ends, NONBLOCK).expect(0, 3);
    fill.instruction("lui t0,32").instruction("lw s2,4(t0)").label("fill");
    fill.instruction("addi a0,s2,0").instruction("lui a1,32").instruction("lui a2,1");
    fill.instruction("addi a7,zero," + WRITE).instruction("ecall");
    fill.ifNegative("stuck").jump("fill").label("stuck");
    fill.instruction("addi t0,zero," + -EAGAIN).instruction("beq a0,t0,more");
    fill.expect(-ENOMEM, 1);
    assertReached(fill, NodeLimits.DEFAULT, Kind.MEMORY, "write", 16 << 20);
  }

  @Test
  @DisplayName("memory: shared anonymous memory is given back when nobody maps it any more")
  void sharedMemoryIsGivenBack() {
    Script again = new Script();
    long zeros = again.string("/dev/zero");
    again.call(OPENAT, -100, zeros, 0, 0).expect(3, 1);
    for (int i = 0; i < 24; i++) {
      long at = 0x2000_0000L + (i < 12 ? 0 : (i - 12 << 20));
      again.call(222, at, 1 << 20, 3, 0x31, -1, 0).expect(at, 10 + i);
      again.call(63, 3, at, 1 << 20).expect(1 << 20, 40 + i);
      if (i < 12) {
        again.call(215, at, 1 << 20).expect(0, 70 + i);
      }
    }
    again.exit(0);
    try (Lab lab = Lab.Plan.nodes(1).memory(16).programs(again.named("again")).open()) {
      ProcessId process = lab.launch("again");
      assertThat(lab.toEnd(60 * Lab.SECOND)).isTrue();
      assertThat(lab.status(process)).isZero();
      assertThat(Inside.node(lab.session, 1).kernel().frames().used()).isLessThan(8);
    }
  }

  @Test
  @DisplayName("memory: sockets take it as well, so that who fills them has ENOBUFS")
  void memoryOfSockets() {
    Script fill = new Script();
    long ends = fill.room(8);
    fill.label("more").call(SOCKETPAIR, 1, 1 | NONBLOCK, 0, ends).expect(0, 3);
    fill.instruction("lui t0,32").instruction("lw s2,4(t0)").label("fill");
    fill.instruction("addi a0,s2,0").instruction("lui a1,32").instruction("lui a2,1");
    fill.instruction("addi a7,zero," + WRITE).instruction("ecall");
    fill.ifNegative("stuck").jump("fill").label("stuck");
    fill.instruction("addi t0,zero," + -EAGAIN).instruction("beq a0,t0,more");
    fill.expect(-ENOBUFS, 1);
    assertReached(fill, NodeLimits.DEFAULT, Kind.MEMORY, "write", 16 << 20);
  }

  @Test
  @DisplayName("a nice program has shorter quanta, at home and away, and its nice value in /proc")
  void niceness() {
    Guests guests =
        new Script()
            .call(140, 0, 0, 19)
            .expect(0, 1)
            .label("ever")
            .compute(1000)
            .jump("ever")
            .named("nice")
            .with("good", new Script().label("ever").compute(1000).jump("ever").elf());
    try (Lab lab = Lab.Plan.nodes(2).programs(guests).open()) {
      ProcessId nice = lab.launch("nice");
      lab.forNanos(10 * Lab.MILLI);
      lab.move(nice, 2);
      assertThat(lab.until(() -> lab.view(nice).where() == 2, Lab.MILLI, Lab.SECOND)).isTrue();
      ProcessId good = lab.launchOn(2, "good");
      long niceBefore = lab.view(nice).instructions();
      lab.forNanos(10 * Lab.SECOND);
      double share =
          (double) (lab.view(nice).instructions() - niceBefore) / lab.view(good).instructions();
      assertThat(share).isBetween(0.01, 0.2);
      String stat =
          new String(
              Inside.node(lab.session, 1).readFile("/proc/" + nice.pid() + "/stat").orElseThrow());
      assertThat(stat.split(" ")).contains("39", "19");
    }
  }
}
