package org.godwit.engine.kernel.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.net.NetStack;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls with arguments that make little sense, in any order, by processes that come and go: every
 * one answers or waits, none throws, state still reads back as it was written, and in the end
 * nothing is held that nobody holds.
 */
class FuzzTest {
  private static final int CALLS = 6_000;
  private static final String[] NAMES = {
    "a",
    "b",
    "/tmp/a",
    "/tmp/d",
    "/tmp/d/e",
    "/tmp/d/../a",
    "/tmp/l",
    "/dev/null",
    "/dev/full",
    ".",
    "..",
    "/",
    "",
    "/tmp/a/",
    "/tmp/none/x",
    "/dev/tty",
    "/tmp/f"
  };
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    -1,
    -100,
    0x1000,
    0x200,
    0x241,
    0x242,
    02000,
    04000,
    0644,
    0777,
    4096,
    65_536,
    1 << 20,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final List<FileRow> rows = FileRows.all();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void anyCallAnswersOrWaits(long seed) {
    Random random = new Random(seed);
    FileWorld world = new FileWorld(2_000, 1, new FileWorld.Alone());
    world.ctx.attach(world.node.console(ConsoleSink.NOWHERE));
    List<FileContext> processes = new ArrayList<>(List.of(world.ctx));
    List<FileWorld.Made> waiting = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      world.nanos += random.nextInt(1_000_000);
      FileContext by = processes.get(random.nextInt(processes.size()));
      FileRow row = rows.get(random.nextInt(rows.size()));
      FileWorld.Made made;
      Object[] arguments = arguments(random, row);
      try {
        made = world.make(by, row.name(), arguments);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed "
                + seed
                + " call "
                + i
                + ": "
                + row.name()
                + " "
                + java.util.Arrays.deepToString(arguments),
            e);
      }
      if (made.waits()) {
        waiting.add(made);
      } else {
        assertThat(made.value()).as(row.name()).isGreaterThan(-200);
      }
      advance(waiting);
      if (random.nextInt(200) == 0 && processes.size() < 5) {
        processes.add(by.fork(2000 + i));
      } else if (random.nextInt(300) == 0 && by != world.ctx) {
        end(by, processes, waiting);
      }
    }
    FileWorld copy = new FileWorld(2_000, 1, new FileWorld.Alone());
    world.copyTo(copy);
    assertThat(copy.hash()).as("seed %d", seed).isEqualTo(world.hash());
    while (!processes.isEmpty()) {
      end(processes.getLast(), processes, waiting);
    }
    assertThat(world.node.openFiles()).as("open files").isZero();
    assertThat(waiting).isEmpty();
    assertThat(world.net.reachesOut()).as("sockets").isFalse();
    for (int number = 1; number < 100_000; number++) {
      Inode inode = world.node.tree().inode(number);
      assertThat(inode == null || inode.opens == 0 && inode.links > 0)
          .as("inode %d", number)
          .isTrue();
    }
  }

  private static void advance(List<FileWorld.Made> waiting) {
    for (FileWorld.Made each : List.copyOf(waiting)) {
      boolean due =
          each.outcome instanceof Outcome.Wait wait
              && wait.deadlineNanos() <= each.by.node().nanos();
      if ((each.woken || due) && !each.attempt().waits()) {
        waiting.remove(each);
      }
    }
  }

  private static void end(
      FileContext by, List<FileContext> processes, List<FileWorld.Made> waiting) {
    for (FileWorld.Made each : List.copyOf(waiting)) {
      if (each.by == by) {
        each.row.interrupted(by, each.call);
        waiting.remove(each);
      }
    }
    processes.remove(by);
    by.closeAll();
  }

  private static Object[] arguments(Random random, FileRow row) {
    long[] registers = {number(random), number(random), 0, 0, 0, 0};
    List<Arg> kinds = row.arguments(registers);
    Object[] arguments = new Object[kinds.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = argument(random, kinds.get(i));
      if (i < 2 && kinds.get(i) instanceof Arg.Scalar) {
        arguments[i] = registers[i];
      }
    }
    return arguments;
  }

  private static long number(Random random) {
    return NUMBERS[random.nextInt(random.nextBoolean() ? 9 : NUMBERS.length)];
  }

  private static Object argument(Random random, Arg kind) {
    boolean isNull = random.nextInt(20) == 0;
    return switch (kind) {
      case Arg.Scalar a -> number(random);
      case Arg.Path a -> isNull ? null : NAMES[random.nextInt(NAMES.length)];
      case Arg.In a ->
          isNull ? null : input(random, a.name(), size(random, a.lengthIndex(), a.unit()));
      case Arg.Out a -> isNull ? null : new FileWorld.Room(size(random, a.lengthIndex(), a.unit()));
      case Arg.InOut a ->
          isNull
              ? null
              : new FileWorld.Both(
                  input(random, a.name(), size(random, a.lengthIndex(), a.unit())));
      case Arg.Gather a -> input(random, "", random.nextInt(100_000));
      case Arg.Scatter a -> new FileWorld.Room(random.nextInt(100_000));
      case Arg.FdSet a -> isNull ? null : input(random, "", 8);
      case Arg.AddressOut a -> isNull ? null : new FileWorld.Room(random.nextInt(129));
      case Arg.MessageIn a -> message(random);
      case Arg.MessageOut a -> new FileWorld.Room(random.nextInt(5_000));
    };
  }

  private static int size(Random random, int lengthIndex, int unit) {
    int most = unit == 1 ? random.nextInt(4) == 0 ? 100_000 : 200 : 10;
    return lengthIndex < 0 ? unit : random.nextInt(most) * unit;
  }

  private static byte[] input(Random random, String name, int size) {
    if ((name.equals("addr") || name.equals("peer")) && random.nextInt(10) != 0) {
      return address(random);
    }
    byte[] bytes = new byte[size];
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
    } else if (size > 0) {
      bytes[random.nextInt(size)] = (byte) random.nextInt(10);
    }
    return bytes;
  }

  private static byte[] address(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> SocketTest.unix("/tmp/s" + random.nextInt(3));
      case 1 -> SocketTest.unix("\0s" + random.nextInt(3));
      case 2 -> SocketTest.inet(NetStack.addressOf(1), 80 + random.nextInt(3));
      case 3 -> SocketTest.inet(0, 80 + random.nextInt(3));
      default -> SocketTest.local(80 + random.nextInt(3));
    };
  }

  private static byte[] message(Random random) {
    byte[] name = random.nextBoolean() ? address(random) : new byte[0];
    byte[] whole = new byte[4 + name.length + random.nextInt(5_000)];
    whole[0] = (byte) name.length;
    System.arraycopy(name, 0, whole, 4, name.length);
    return whole;
  }
}
