package org.godwit.engine.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.balance.Policies;
import org.godwit.engine.kernel.CallHistory;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.node.Node;
import org.godwit.model.ProcessId;
import org.godwit.model.command.Command;
import org.godwit.model.command.NodeSwitch;
import org.godwit.model.event.Beliefs;
import org.godwit.model.event.Happening;
import org.godwit.model.event.Migration;
import org.godwit.model.event.MoveCause;
import org.godwit.model.view.NodeView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the files of /proc say, and what writing to them does to the running cluster. */
@DisplayName("/proc")
class ProcFilesTest {
  private static final int OPENAT = 56;
  private static final int WRITE = 64;
  private static final int EXIT_GROUP = 94;

  private static String read(Lab lab, int node, String path) {
    return new String(lab.session.readFile(node, path).orElseThrow(), ISO_8859_1);
  }

  /** Has a guest on a node write text to a file; its exit status is the errno, 0 for none. */
  private static int write(Lab lab, int node, String path, String text) {
    ProcessId writer = lab.launchOn(node, "write:" + path + ":" + text);
    assertThat(lab.until(() -> lab.status(writer) >= 0, Lab.MILLI, Lab.SECOND)).isTrue();
    return lab.status(writer);
  }

  /** Programs named {@code write:PATH:TEXT} and {@code loop:PATH} besides those on board. */
  private static Lab lab(int nodes) {
    return Lab.Plan.nodes(nodes)
        .programs(
            name ->
                name.startsWith("write:")
                    ? java.util.Optional.of(writer(name))
                    : name.startsWith("loop:")
                        ? java.util.Optional.of(loop(name))
                        : Guests.ON_BOARD.elf(name))
        .open();
  }

  private static byte[] writer(String name) {
    String[] parts = name.split(":", 3);
    Script script = new Script();
    long path = script.string(parts[1]);
    long text = script.string(parts[2]);
    script.call(OPENAT, -100, path, 1).ifNegative("bad").keep(0);
    script.call(WRITE, new Script.Slot(0), text, parts[2].length()).ifNegative("bad").exit(0);
    return script.label("bad").instruction("sub a0,zero,a0").call(EXIT_GROUP).elf();
  }

  /** Writes 1 to a file and computes for ever. */
  private static byte[] loop(String name) {
    Script script = new Script();
    long path = script.string(name.substring("loop:".length()));
    long one = script.string("1");
    script.call(OPENAT, -100, path, 1).keep(0);
    return script.call(WRITE, new Script.Slot(0), one, 1).expect(1, 9).label("on").jump("on").elf();
  }

  private static NodeView node(Lab lab, int id) {
    return lab.session.view().nodes().stream()
        .filter(each -> each.spec().id() == id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("a switch written by a guest is the node's switch")
  void switches() {
    try (Lab lab = lab(2)) {
      for (NodeSwitch each : NodeSwitch.values()) {
        String file = "/proc/hpc/admin/" + each.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(read(lab, 1, file)).isEqualTo("0\n");
        assertThat(write(lab, 1, file, "1\n")).isZero();
        assertThat(read(lab, 1, file)).isEqualTo("1\n");
        assertThat(node(lab, 1).switches()).containsExactly(each);
        assertThat(write(lab, 1, file, "2")).isEqualTo(Errno.EINVAL);
        assertThat(write(lab, 1, file, "0")).isZero();
      }
      assertThat(node(lab, 1).switches()).isEmpty();
      assertThat(lab.happened(Happening.SwitchChanged.class, null)).hasSize(10);
    }
  }

  @Test
  @DisplayName("speed is what all nodes then believe")
  void speed() {
    try (Lab lab = lab(2)) {
      assertThat(write(lab, 1, "/proc/hpc/admin/speed", "12000")).isZero();
      assertThat(node(lab, 1).spec().speed()).isEqualTo(12_000);
      assertThat(write(lab, 1, "/proc/hpc/admin/speed", "0")).isEqualTo(Errno.EINVAL);
      lab.forNanos(3 * Lab.SECOND);
      assertThat(read(lab, 2, "/proc/hpc/nodes/1/speed")).isEqualTo("12000\n");
      assertThat(read(lab, 2, "/proc/hpc/nodes/2/speed")).isEqualTo("8000\n");
    }
  }

  @Test
  @DisplayName("expel sends guests home and blocks, bring fetches and sets lstay")
  void expelAndBring() {
    try (Lab lab = lab(2)) {
      ProcessId spin = lab.launch("spin");
      lab.move(spin, 2);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(spin).where()).isEqualTo(2);
      assertThat(read(lab, 2, "/proc/hpc/remote/" + spin.pid() + "/from")).isEqualTo("1\n");
      assertThat(write(lab, 2, "/proc/hpc/admin/expel", "1")).isZero();
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(spin).where()).isEqualTo(1);
      assertThat(node(lab, 2).switches()).containsExactly(NodeSwitch.BLOCK);
      assertThat(write(lab, 2, "/proc/hpc/admin/block", "0")).isZero();
      lab.move(spin, 2);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(spin).where()).isEqualTo(2);
      assertThat(write(lab, 1, "/proc/hpc/admin/bring", "1")).isZero();
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(spin).where()).isEqualTo(1);
      assertThat(node(lab, 1).switches()).containsExactly(NodeSwitch.LSTAY);
      assertThat(write(lab, 1, "/proc/hpc/admin/bring", "yes")).isEqualTo(Errno.EINVAL);
    }
  }

  @Test
  @DisplayName("0 in mospe leaves the cluster in order")
  void leaves() {
    try (Lab lab = lab(3)) {
      ProcessId spin = lab.launch("spin");
      lab.move(spin, 2);
      lab.forNanos(Lab.SECOND);
      assertThat(write(lab, 2, "/proc/hpc/admin/mospe", "5")).isEqualTo(Errno.EINVAL);
      assertThat(write(lab, 2, "/proc/hpc/admin/mospe", "0")).isZero();
      lab.forNanos(2 * Lab.SECOND);
      assertThat(node(lab, 2).status()).isEqualTo(NodeView.Status.LEFT);
      assertThat(lab.view(spin).where()).isEqualTo(1);
      assertThat(lab.session.readFile(1, "/proc/hpc/nodes/2/status")).isEmpty();
      assertThat(read(lab, 1, "/proc/hpc/nodes/3/status")).isEqualTo("3\n");
    }
  }

  @Test
  @DisplayName("a node that has crashed is configured, not up, and unknown")
  void crashed() {
    try (Lab lab = lab(2)) {
      lab.forNanos(3 * Lab.SECOND);
      assertThat(read(lab, 1, "/proc/hpc/nodes/2/load")).isEqualTo("0\n");
      lab.accept(new Command.CrashNode(2));
      assertThat(read(lab, 1, "/proc/hpc/nodes/2/status")).isEqualTo("1\n");
      for (String file : new String[] {"cpus", "load", "speed", "mem", "rmem", "tmem", "util"}) {
        assertThat(read(lab, 1, "/proc/hpc/nodes/2/" + file)).as(file).isEqualTo("-101\n");
      }
    }
  }

  @Test
  @DisplayName("goto takes a node, home, balance and nothing else")
  void goTo() {
    try (Lab lab = lab(2)) {
      ProcessId spin = lab.launch("spin");
      String file = "/proc/" + spin.pid() + "/goto";
      for (String bad : new String[] {"", "x", "-2", "65536", "1 2", "99999999999999"}) {
        assertThat(write(lab, 1, file, bad)).as(bad).isEqualTo(Errno.EINVAL);
      }
      assertThat(write(lab, 1, file, "2")).isZero();
      lab.forNanos(Lab.SECOND);
      assertThat(read(lab, 1, "/proc/" + spin.pid() + "/where")).isEqualTo("2\n");
      assertThat(read(lab, 1, "/proc/" + spin.pid() + "/nmigs")).isEqualTo("1\n");
      assertThat(read(lab, 1, "/proc/" + spin.pid() + "/om/where")).isEqualTo("2\n");
      assertThat(write(lab, 1, "/proc/" + spin.pid() + "/migrate", "home")).isZero();
      lab.forNanos(Lab.SECOND);
      assertThat(read(lab, 1, "/proc/" + spin.pid() + "/om/where")).isEqualTo("home\n");
      assertThat(lab.migrations(spin))
          .extracting(each -> each.cause())
          .containsExactly(MoveCause.PROC_FILE, MoveCause.PROC_FILE);
    }
  }

  @Test
  @DisplayName(
      "what ps reads: 52 fields, and the time a process used goes on to count while it is away")
  void stat() {
    try (Lab lab = lab(2)) {
      ProcessId spin = lab.launch("spin");
      lab.forNanos(Lab.SECOND);
      String[] fields = read(lab, 1, "/proc/" + spin.pid() + "/stat").strip().split(" ");
      assertThat(fields).hasSize(52);
      assertThat(fields[1]).isEqualTo("(spin)");
      assertThat(fields[2]).isEqualTo("R");
      assertThat(Integer.parseInt(fields[13])).isBetween(95, 100);
      lab.move(spin, 2);
      lab.forNanos(Lab.SECOND);
      String[] away = read(lab, 1, "/proc/" + spin.pid() + "/stat").strip().split(" ");
      assertThat(Integer.parseInt(away[13])).isBetween(95, 105);
      assertThat(away[22]).as("vsize").isEqualTo(fields[22]);
      String cpu = read(lab, 1, "/proc/stat").lines().findFirst().orElseThrow();
      assertThat(cpu).matches("cpu  \\d+ 0 0 \\d+ 0 0 0 0 0 0");
    }
  }

  @Test
  @DisplayName("rubbish in every file does no harm")
  void rubbish() {
    try (Lab lab = lab(2)) {
      ProcessId spin = lab.launch("spin");
      ProcessId other = lab.launchOn(2, "spin");
      lab.move(other, 1);
      lab.forNanos(Lab.SECOND);
      ProcessId vandal = lab.launch("procrubbish");
      assertThat(lab.until(() -> lab.status(vandal) >= 0, 10 * Lab.MILLI, 10 * Lab.SECOND))
          .isTrue();
      assertThat(lab.wrote(vandal, 1)).isEqualTo("wrote much, refused most\n");
      assertThat(lab.status(vandal)).isZero();
      lab.session.stateHash();
      assertThat(lab.view(spin).isAlive()).isTrue();
      assertThat(node(lab, 1).switches()).isEmpty();
      assertThat(node(lab, 1).status()).isEqualTo(NodeView.Status.UP);
      ProcessId again = lab.launch("hello");
      assertThat(lab.until(() -> lab.status(again) == 0, 10 * Lab.MILLI, 5 * Lab.SECOND)).isTrue();
    }
  }

  private static Scene scene(Lab lab) {
    ProcessId spin = lab.launch("spin");
    return new Scene(spin, "/proc/" + spin.pid() + "/");
  }

  private record Scene(ProcessId spin, String folder) {}

  @Test
  @DisplayName("the mask keeps a process from nodes, denied or not allowed, but never from home")
  void mask() {
    try (Lab lab = lab(3)) {
      Scene scene = scene(lab);
      assertThat(write(lab, 1, scene.folder + "mignodes", "2")).isZero();
      assertThat(write(lab, 1, scene.folder + "mignodes", "-1")).isEqualTo(Errno.EINVAL);
      assertThat(write(lab, 1, scene.folder + "migfilter", "1")).isZero();
      lab.move(scene.spin, 2);
      assertThat(lab.happened(Happening.MigrationRefused.class, scene.spin))
          .extracting(each -> each.why().key())
          .containsExactly("move.refused.mask");
      lab.move(scene.spin, 3);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(3);
      assertThat(write(lab, 1, scene.folder + "migpolicy", "1")).isZero();
      lab.move(scene.spin, 1);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(1);
      lab.move(scene.spin, 3);
      lab.move(scene.spin, 2);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(2);
    }
  }

  @Test
  @DisplayName("who leaves the choice to the balancer is not sent where the mask forbids it")
  void balanceMindsTheMask() {
    for (int denied = 2; denied <= 3; denied++) {
      try (Lab lab = lab(3)) {
        Scene scene = scene(lab);
        assertThat(write(lab, 1, scene.folder + "mignodes", Integer.toString(1 << denied - 1)))
            .isZero();
        assertThat(write(lab, 1, scene.folder + "migfilter", "1")).isZero();
        lab.forNanos(8 * Lab.SECOND);
        lab.move(scene.spin, Command.Migrate.BALANCE);
        lab.forNanos(Lab.SECOND);
        assertThat(lab.view(scene.spin).where()).isEqualTo(5 - denied);
      }
    }
  }

  @Test
  @DisplayName("loadlimit sends guests away and lets none come")
  void loadLimit() {
    try (Lab lab = lab(2)) {
      Scene scene = scene(lab);
      lab.move(scene.spin, 2);
      lab.forNanos(2 * Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(2);
      assertThat(write(lab, 2, "/proc/hpc/admin/llimitmode", "1")).isZero();
      assertThat(write(lab, 2, "/proc/hpc/admin/loadlimit", "200")).isZero();
      lab.forNanos(2 * Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).as("below the limit").isEqualTo(2);
      assertThat(write(lab, 2, "/proc/hpc/admin/loadlimit", "80")).isZero();
      lab.forNanos(3 * Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(1);
      assertThat(lab.migrations(scene.spin).getLast().cause()).isEqualTo(MoveCause.LIMIT);
      lab.move(scene.spin, 2);
      lab.forNanos(Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).as("it would be too much again").isEqualTo(1);
      assertThat(lab.happened(Happening.MigrationAborted.class, scene.spin).getLast().why().key())
          .isEqualTo("move.refused.full");
    }
  }

  @Test
  @DisplayName("if all processes count, one of the node's own goes where there is room, and stays")
  void loadLimitOfAll() {
    try (Lab lab = lab(2)) {
      Scene scene = scene(lab);
      assertThat(write(lab, 1, "/proc/hpc/admin/llimitmode", "1")).isZero();
      assertThat(write(lab, 1, "/proc/hpc/admin/loadlimit", "60")).isZero();
      lab.forNanos(5 * Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).as("its own do not count").isEqualTo(1);
      assertThat(write(lab, 1, "/proc/hpc/admin/llimitmode", "0")).isZero();
      lab.forNanos(3 * Lab.SECOND);
      assertThat(lab.view(scene.spin).where()).isEqualTo(2);
      assertThat(lab.migrations(scene.spin))
          .extracting(Migration::cause)
          .containsExactly(MoveCause.LIMIT);
      lab.forNanos(10 * Lab.SECOND);
      assertThat(lab.migrations(scene.spin)).as("nobody sends it back").hasSize(1);
    }
  }

  @Test
  @DisplayName("decay belongs to the writer; child and exec keep it")
  void decay() {
    Script script = new Script();
    long path = script.string("/proc/hpc/decay/fast");
    long job = script.string("/proc/hpc/decay/cpujob");
    long one = script.string("1");
    for (long each : new long[] {path, job}) {
      script
          .call(OPENAT, -100, each, 1)
          .keep(0)
          .call(WRITE, new Script.Slot(0), one, 1)
          .expect(1, 9);
    }
    Guests guests = script.fork(1, "child").label("child").label("on").jump("on").named("fast");
    try (Lab lab = Lab.Plan.nodes(1).programs(guests).open()) {
      ProcessId parent = lab.launch("fast");
      lab.forNanos(100 * Lab.MILLI);
      for (int pid : new int[] {parent.pid(), parent.pid() + 1}) {
        var steering = Inside.process(lab.session, new ProcessId(1, pid)).steering();
        assertThat(steering.decay()).isEqualTo(org.godwit.engine.kernel.Steering.Decay.FAST);
        assertThat(steering.job()).isEqualTo(org.godwit.engine.kernel.Steering.Job.CPU);
        assertThat(Inside.node(lab.session, 1).kernel().body(new ProcessId(1, pid)).steering())
            .isEqualTo(steering);
      }
    }
  }

  /**
   * Three loops on one CPU, an equal node idle: what takes w there takes 3w here, so calls may cost
   * nearly 2w there before it is not worth it: rate · round trip &lt; 2. A round trip that has not
   * been measured is taken as 2 · 100 µs of link + the first figure of overheads + 4 · the second
   * (request and reply, each at two ends): 302 µs, 1202 µs and 800 µs in the rows. For cpujob calls
   * do not count, for iojob twice (reference section 5.3). Worked by hand.
   */
  @ParameterizedTest
  @CsvSource({
    // overheads, calls a second, round trip in µs; goes: unmarked, cpujob, iojob
    "2 25,  3200,  302, true,  true, true",
    "2 25,  6500,  302, true,  true, false",
    "2 25,  6800,  302, false, true, false",
    "2 250,  800, 1202, true,  true, true",
    "2 250,  850, 1202, true,  true, false",
    "2 250, 1700, 1202, false, true, false",
    "500 25, 1200, 800, true,  true, true",
    "500 25, 1300, 800, true,  true, false",
    "500 25, 2600, 800, false, true, false"
  })
  @DisplayName("overheads, cpujob and iojob decide what calls home count")
  void whatCallsCount(
      String overheads, int calls, int roundTrip, boolean any, boolean cpu, boolean io) {
    // One cluster for all rows would be quicker still, but each row then hung on the ones before.
    try (Lab lab = lab(2)) {
      assertThat(write(lab, 1, "/proc/hpc/admin/overheads", overheads)).isZero();
      List<ProcessId> loops = new ArrayList<>();
      for (String job : List.of("slow", "cpujob", "iojob")) {
        loops.add(lab.launch("loop:/proc/hpc/decay/" + job));
      }
      lab.forNanos(8 * Lab.SECOND);
      Node node = Inside.node(lab.session, 1);
      for (ProcessId each : loops) {
        CallHistory history = node.kernel().body(each).history();
        double before = history.callsPerSecond();
        history.add(0, 1_000_000);
        double nanos = 1e6 / (history.callsPerSecond() - before);
        history.add(0, -1_000_000 + Math.round((calls - before) * nanos));
      }
      Beliefs beliefs = node.balancer().beliefs();
      boolean[] goes = {any, cpu, io};
      for (int i = 0; i < 3; i++) {
        ProcessId id = loops.get(i);
        assertThat(beliefs.processes())
            .filteredOn(each -> each.id().equals(id))
            .extracting(Beliefs.Resident::roundTripNanos)
            .containsExactly(roundTrip * 1000L);
        assertThat(
                Policies.named("openmosix")
                    .orElseThrow()
                    .consider(beliefs, id)
                    .targets()
                    .getFirst()
                    .verdict()
                    .key())
            .as("loop %d", i)
            .isEqualTo(goes[i] ? "target.best" : "target.cost");
      }
    }
  }
}
