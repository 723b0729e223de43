package org.godwit.engine.node;

import static org.godwit.engine.kernel.proc.ProcRow.open;
import static org.godwit.engine.kernel.proc.ProcRow.readable;
import static org.godwit.engine.kernel.proc.ProcRow.writable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.godwit.engine.info.InfoMessage;
import org.godwit.engine.kernel.Body;
import org.godwit.engine.kernel.Process;
import org.godwit.engine.kernel.Steering;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.net.NetStack;
import org.godwit.engine.kernel.proc.ProcNumber;
import org.godwit.engine.kernel.proc.ProcRow;
import org.godwit.engine.kernel.proc.RowDirectory;
import org.godwit.engine.kernel.proc.SyntheticDirectory;
import org.godwit.engine.kernel.proc.SyntheticEntry;
import org.godwit.engine.memory.Area;
import org.godwit.model.ProcessId;
import org.godwit.model.command.NodeSwitch;

/**
 * /proc/hpc of a node: its switches and numbers, what it knows of the others, its guests (reference
 * section 3). A write does what the command of the same name does, on this node.
 */
final class HpcFiles {
  /** What a file shows when nothing is known (reference section 3.4). */
  private static final int UNKNOWN = -101;

  /** Status bits of a node that is configured, and of one that is up as well. */
  private static final int CONFIGURED = 1;

  private static final int LIVE = 3;
  private static final int HIGHEST_SPEED = 1_000_000;
  private static final int HIGHEST_LIMIT = 1_000_000;
  private static final int LONGEST_COST = 1_000_000_000;
  private static final long TICK_NANOS = 10_000_000L;
  private static final int PAGE = 4096;

  /** One node as another sees it. */
  record Seen(Node by, int node) {}

  /** A guest and where it is. */
  record Guest(Node on, Body body) {}

  /** /proc/hpc/admin. */
  static final List<ProcRow<Node>> ADMIN =
      List.of(
          action("bring", (node, text, writer) -> act(text, node::bring)),
          toggle("block", NodeSwitch.BLOCK),
          writable("config", "", (node, reader) -> map(node), HpcFiles::configure),
          number(
              "cpulimit",
              "1/100 CPU",
              node -> node.tunables().cpuLimit,
              0,
              HIGHEST_LIMIT,
              (node, value) -> node.tunables().cpuLimit = value),
          decaySeconds("decay-interval"),
          decaySeconds("decayinterval"),
          readable("dfsalinks", "", (node, reader) -> ""),
          action("expel", (node, text, writer) -> act(text, node::expel)),
          number(
              "fast-decay",
              "1/1000",
              node -> node.tunables().fastKept,
              0,
              1000,
              (node, value) -> node.tunables().fastKept = value),
          number(
              "gateways",
              "nodes",
              node -> node.tunables().gateways,
              0,
              2,
              (node, value) -> node.tunables().gateways = value),
          number(
              "llimitmode",
              "0 or 1",
              node -> node.tunables().guestsOnly ? 1 : 0,
              0,
              1,
              (node, value) -> node.tunables().guestsOnly = value == 1),
          number(
              "loadlimit",
              "1/100 load",
              node -> node.tunables().loadLimit,
              0,
              HIGHEST_LIMIT,
              (node, value) -> node.tunables().loadLimit = value),
          toggle("lstay", NodeSwitch.LSTAY),
          writable(
              "mfscosts",
              "µs",
              (node, reader) -> list(node.tunables().fileCosts),
              (node, text, writer) -> costs(text, node.tunables().fileCosts)),
          writable("mospe", "node", (node, reader) -> node.spec().id() + "\n", HpcFiles::identify),
          toggle("nomfs", NodeSwitch.NOMFS),
          writable(
              "overheads",
              "µs",
              (node, reader) -> list(node.tunables().overheads),
              (node, text, writer) -> costs(text, node.tunables().overheads)),
          toggle("quiet", NodeSwitch.QUIET),
          number(
              "slow-decay",
              "1/1000",
              node -> node.tunables().slowKept,
              0,
              1000,
              (node, value) -> node.tunables().slowKept = value),
          number(
              "speed",
              "10000 = 1000 MHz",
              node -> node.balancer().speed(),
              1,
              HIGHEST_SPEED,
              (node, value) -> node.balancer().speed(value)),
          toggle("stay", NodeSwitch.STAY),
          readable("version", "", (node, reader) -> version(node)));

  /** /proc/hpc/decay: each about the process that opened it. */
  static final List<ProcRow<Node>> DECAY =
      List.of(
          ProcRow.open(
              "clear",
              "1",
              (node, reader) -> steering(node, reader).clears() + "\n",
              (node, text, writer) -> steer(node, text, writer, 1, Steering::cleared)),
          job("cpujob", Steering.Job.CPU),
          decay("fast", Steering.Decay.FAST),
          ProcRow.open(
              "inherit",
              "0 or 1",
              (node, reader) -> keeps(node, reader) ? "0\n" : "1\n",
              HpcFiles::inherit),
          job("iojob", Steering.Job.IO),
          decay("none", Steering.Decay.NONE),
          open("own", "s 1/1000", (node, reader) -> own(node, reader), HpcFiles::own),
          decay("slow", Steering.Decay.SLOW));

  /** /proc/hpc/nodes/N. */
  static final List<ProcRow<Seen>> NODES =
      List.of(
          known("cpus", "CPUs", InfoMessage.Gossip::cpus),
          known(
              "load",
              "1/100 load",
              gossip -> gossip.load() * 100 * 10_000 / gossip.speed() / gossip.cpus()),
          known("mem", "bytes", InfoMessage.Gossip::freeBytes),
          known("rmem", "bytes", InfoMessage.Gossip::freeBytes),
          known("speed", "10000 = 1000 MHz", InfoMessage.Gossip::speed),
          readable("status", "bits", (seen, reader) -> status(seen) + "\n"),
          known("tmem", "bytes", InfoMessage.Gossip::totalBytes),
          known("util", "%", gossip -> 100));

  /** /proc/hpc/remote/PID. */
  static final List<ProcRow<Guest>> REMOTE =
      List.of(
          readable("from", "node", (guest, reader) -> guest.body.id().home() + "\n"),
          readable(
              "identity",
              "",
              (guest, reader) ->
                  guest.body.id() + " " + guest.body.program() + " " + guest.body.uid() + "\n"),
          readable("statm", "pages", (guest, reader) -> memory(guest.body)),
          readable(
              "stats",
              "1/100 s",
              (guest, reader) -> guest.body.cpuNanos(guest.on.now()) / TICK_NANOS + "\n"));

  private HpcFiles() {}

  static SyntheticDirectory of(Node node) {
    return new RowDirectory<>(node, List.<ProcRow<Node>>of())
        .with("admin", new RowDirectory<>(node, ADMIN))
        .with("decay", new RowDirectory<>(node, DECAY))
        .with("nodes", nodes(node))
        .with("remote", guests(node));
  }

  // ---------------------------------------------------------------- kinds of rows

  private interface Number {
    void set(Node node, int value);
  }

  private interface Change {
    Steering of(Steering before);
  }

  private static ProcRow<Node> number(
      String name,
      String unit,
      java.util.function.ToIntFunction<Node> value,
      int least,
      int most,
      Number set) {
    return writable(
        name,
        unit,
        (node, reader) -> value.applyAsInt(node) + "\n",
        (node, text, writer) -> {
          long wished = ProcNumber.of(text, least, most);
          if (wished == ProcNumber.NONE) {
            return Errno.EINVAL;
          }
          set.set(node, (int) wished);
          return 0;
        });
  }

  private static ProcRow<Node> decaySeconds(String name) {
    return number(
        name,
        "s",
        node -> node.tunables().decaySeconds,
        1,
        86_400,
        (node, value) -> node.tunables().decaySeconds = value);
  }

  private static ProcRow<Node> toggle(String name, NodeSwitch which) {
    return number(
        name,
        "0 or 1",
        node -> node.balancer().switches().contains(which) ? 1 : 0,
        0,
        1,
        (node, value) -> node.balancer().set(which, value == 1));
  }

  private static ProcRow<Node> action(String name, ProcRow.Write<Node> act) {
    return new ProcRow<>(name, 0200, "1", (node, reader) -> "", act);
  }

  private static int act(String text, Runnable what) {
    if (!text.equals("1")) {
      return Errno.EINVAL;
    }
    what.run();
    return 0;
  }

  private static ProcRow<Node> decay(String name, Steering.Decay decay) {
    return open(
        name,
        "1",
        (node, reader) -> steering(node, reader).decay() == decay ? "1\n" : "0\n",
        (node, text, writer) -> steer(node, text, writer, 1, before -> before.decay(decay)));
  }

  /** 1 makes it that kind of job, 0 an ordinary one. */
  private static ProcRow<Node> job(String name, Steering.Job job) {
    return open(
        name,
        "0 or 1",
        (node, reader) -> steering(node, reader).job() == job ? "1\n" : "0\n",
        (node, text, writer) ->
            steer(
                node,
                text,
                writer,
                0,
                before -> before.job(text.equals("1") ? job : Steering.Job.ANY)));
  }

  private static Steering steering(Node node, int reader) {
    Process process = node.kernel().process(reader);
    return process == null ? Steering.NONE : process.steering();
  }

  private static boolean keeps(Node node, int reader) {
    Process process = node.kernel().process(reader);
    return process != null && process.keepsSteering();
  }

  private static int inherit(Node node, String text, int writer) {
    if (ProcNumber.of(text, 0, 1) == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    Process process = node.kernel().process(writer);
    if (process == null || !process.alive()) {
      return Errno.ESRCH;
    }
    process.keepsSteering(text.equals("0"));
    return 0;
  }

  private static int steer(Node node, String text, int writer, int least, Change change) {
    if (ProcNumber.of(text, least, 1) == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    return steer(node, writer, change);
  }

  private static int steer(Node node, int writer, Change change) {
    Process process = node.kernel().process(writer);
    if (process == null || !process.alive()) {
      return Errno.ESRCH;
    }
    node.kernel().steer(process, change.of(process.steering()));
    return 0;
  }

  /** Seconds and thousandths kept, of mosrun's -t and -d. */
  private static int own(Node node, String text, int writer) {
    String[] words = text.split("[ \t\n]+");
    long seconds = words.length == 2 ? ProcNumber.of(words[0], 1, 86_400) : ProcNumber.NONE;
    long kept = words.length == 2 ? ProcNumber.of(words[1], 0, 1000) : ProcNumber.NONE;
    if (seconds == ProcNumber.NONE || kept == ProcNumber.NONE) {
      return Errno.EINVAL;
    }
    return steer(node, writer, before -> before.own((int) seconds, (int) kept));
  }

  private static String own(Node node, int reader) {
    Steering steering = steering(node, reader);
    return steering.ownSeconds() + " " + steering.ownKept() + "\n";
  }

  // ---------------------------------------------------------------- admin

  private static String map(Node node) {
    StringBuilder text = new StringBuilder();
    for (int each : node.configured()) {
      int ip = NetStack.addressOf(each);
      text.append(
          String.format(
              Locale.ROOT,
              "%d %d.%d.%d.%d 1\n",
              each,
              ip >>> 24,
              ip >> 16 & 255,
              ip >> 8 & 255,
              ip & 255));
    }
    return text.toString();
  }

  /** The map of this cluster follows from its nodes: only the map as it is can be written. */
  private static int configure(Node node, String text, int writer) {
    return text.equals(map(node).strip()) ? 0 : Errno.EINVAL;
  }

  private static int identify(Node node, String text, int writer) {
    long id = ProcNumber.of(text, 0, 65_535);
    if (id == 0) {
      node.askToLeave();
      return 0;
    }
    return id == node.spec().id() ? 0 : Errno.EINVAL;
  }

  private static String version(Node node) {
    return "openMosix " + node.kernel().settings().version().text() + " with DFSA\n";
  }

  private static String list(long[] values) {
    StringBuilder text = new StringBuilder();
    for (long each : values) {
      text.append(text.isEmpty() ? "" : " ").append(each);
    }
    return text.append('\n').toString();
  }

  private static int costs(String text, long[] into) {
    String[] words = text.split("[ \t\n]+");
    long[] values = new long[into.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = words.length == values.length ? ProcNumber.of(words[i], 0, LONGEST_COST) : -1;
      if (values[i] < 0) {
        return Errno.EINVAL;
      }
    }
    System.arraycopy(values, 0, into, 0, values.length);
    return 0;
  }

  // ---------------------------------------------------------------- nodes

  private static ProcRow<Seen> known(
      String name, String unit, ToDoubleFunction<InfoMessage.Gossip> value) {
    return readable(
        name,
        unit,
        (seen, reader) -> {
          InfoMessage.Gossip gossip = gossip(seen);
          return (gossip == null ? UNKNOWN : Math.round(value.applyAsDouble(gossip))) + "\n";
        });
  }

  private static InfoMessage.Gossip gossip(Seen seen) {
    if (seen.node == seen.by.spec().id()) {
      return seen.by.balancer().ownNews();
    }
    return seen.by.isUp(seen.node) ? seen.by.balancer().hearsay(seen.node) : null;
  }

  private static int status(Seen seen) {
    return seen.by.isUp(seen.node) ? LIVE : CONFIGURED;
  }

  private static SyntheticDirectory nodes(Node node) {
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        long id = ProcNumber.of(name, 1, 65_535);
        return id != ProcNumber.NONE && node.configured().contains((int) id)
            ? new RowDirectory<>(new Seen(node, (int) id), NODES)
            : null;
      }

      @Override
      public List<String> names() {
        return node.configured().stream().map(id -> Integer.toString(id)).toList();
      }
    };
  }

  // ---------------------------------------------------------------- guests

  /** Guests by pid; by {@code PID@HOME} where guests of two homes have the same. */
  private static SyntheticDirectory guests(Node node) {
    return new SyntheticDirectory() {
      @Override
      public SyntheticEntry lookup(String name) {
        for (Body body : node.kernel().bodies()) {
          if (isGuest(node, body) && (nameOf(node, body).equals(name))) {
            return new RowDirectory<>(new Guest(node, body), REMOTE);
          }
        }
        return null;
      }

      @Override
      public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Body body : node.kernel().bodies()) {
          if (isGuest(node, body)) {
            names.add(nameOf(node, body));
          }
        }
        return names;
      }
    };
  }

  private static boolean isGuest(Node node, Body body) {
    return body.id().home() != node.spec().id();
  }

  private static String nameOf(Node node, Body body) {
    ProcessId id = body.id();
    for (Body other : node.kernel().bodies()) {
      if (isGuest(node, other) && other.id().pid() == id.pid() && other != body) {
        return id.toString();
      }
    }
    return Integer.toString(id.pid());
  }

  private static String memory(Body body) {
    long bytes = 0;
    for (Area area : body.memory().areas()) {
      bytes += area.length();
    }
    return bytes / PAGE + " " + body.memory().residentPages() + " 0 0 0 0 0\n";
  }
}
