package org.godwit.engine.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.godwit.engine.kernel.Args.n;
import static org.godwit.engine.kernel.Args.out;

import java.util.ArrayList;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.time.Purpose;

/** Who a task is, what the machine is, and small things of the body. */
final class IdentityCalls {
  private static final int UTS_FIELD = 65;

  private IdentityCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.cached(172, "getpid", (k, t, c) -> t.body().id().pid()),
        Syscall.cached(178, "gettid", (k, t, c) -> t.tid()),
        Syscall.home(173, "getppid", List.of(), (k, p, c) -> Outcome.done(p.parent())),
        Syscall.body(
            96,
            "set_tid_address",
            Args.scalars("address"),
            (k, t, c) -> {
              t.clearChildTid(c.scalar(0));
              return t.tid();
            }),
        Syscall.body(
            99,
            "set_robust_list",
            Args.scalars("head", "size"),
            (k, t, c) -> {
              t.robustList(c.scalar(0));
              return 0;
            }),
        Syscall.body(
            98,
            "futex",
            Args.scalars("address", "op", "value", "timeout", "address2", "value3"),
            IdentityCalls::futex),
        Syscall.body(124, "sched_yield", List.of(), IdentityCalls::yield),
        Syscall.body(
            123, "sched_getaffinity", Args.scalars("tid", "size", "mask"), IdentityCalls::affinity),
        Syscall.body(
            278, "getrandom", Args.scalars("buffer", "length", "flags"), IdentityCalls::random),
        Syscall.home(160, "uname", List.of(out("name", 6 * UTS_FIELD)), IdentityCalls::uname),
        Syscall.home(179, "sysinfo", List.of(out("info", 112)), IdentityCalls::sysinfo),
        Syscall.home(165, "getrusage", List.of(n("who"), out("usage", 144)), IdentityCalls::usage)
            .then(IdentityCalls::usageOnBody));
  }

  // ---------------------------------------------------------------- the body's small things

  /** futex(2): WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAIT_BITSET, WAKE_BITSET. */
  private static long futex(Kernel kernel, Task task, Call call) {
    int operation = call.integer(1) & 0x7f;
    long address = call.scalar(0);
    int value = call.integer(2);
    Futexes futexes = kernel.futexes();
    return switch (operation) {
      case 0 -> futexes.wait(task, address, value, -1, deadline(kernel, task, call, true));
      case 1 -> futexes.wake(task.body(), address, value, -1);
      case 3 -> requeue(futexes, task, call, address, value);
      case 4 ->
          task.body().memory().load32(address) != call.integer(5)
              ? -Errno.EAGAIN
              : requeue(futexes, task, call, address, value);
      case 9 ->
          futexes.wait(task, address, value, call.integer(5), deadline(kernel, task, call, false));
      case 10 -> futexes.wake(task.body(), address, value, call.integer(5));
      default -> -Errno.ENOSYS;
    };
  }

  private static long requeue(Futexes futexes, Task task, Call call, long address, int count) {
    return futexes.requeue(task.body(), address, count, call.integer(3), call.scalar(4));
  }

  private static long deadline(Kernel kernel, Task task, Call call, boolean relative) {
    long pointer = call.scalar(3);
    if (pointer == 0) {
      return Long.MAX_VALUE;
    }
    long span =
        task.body().memory().load64(pointer) * TimeCalls.SECOND
            + task.body().memory().load64(pointer + 8);
    boolean calendar = (call.integer(1) & 0x100) != 0;
    return relative ? kernel.now() + span : span - (calendar ? kernel.settings().epochNanos() : 0);
  }

  private static long yield(Kernel kernel, Task task, Call call) {
    kernel.ports().yield(task);
    return 0;
  }

  private static long affinity(Kernel kernel, Task task, Call call) {
    if (call.scalar(1) < 8) {
      return -Errno.EINVAL;
    }
    int cpus = kernel.settings().cpus();
    task.body().memory().store64(call.scalar(2), cpus >= 64 ? -1L : (1L << cpus) - 1);
    return 8;
  }

  private static long random(Kernel kernel, Task task, Call call) {
    byte[] bytes = new byte[Math.clamp(call.scalar(1), 0, 256)];
    long bits = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (i % 8 == 0) {
        long owner = ProgramLoader.owner(task.body().id());
        bits =
            kernel.settings().draws().bits(Purpose.GET_RANDOM, owner, task.body().nextRandomDraw());
      }
      bytes[i] = (byte) (bits >> 8 * (i % 8));
    }
    task.body().memory().copyOut(call.scalar(0), bytes, 0, bytes.length);
    return bytes.length;
  }

  // ---------------------------------------------------------------- home

  /** The kernel's release, as uname(2) and /proc/version give it. */
  static String release(Kernel kernel) {
    return kernel.settings().version().text() + "-openmosix";
  }

  private static Outcome uname(Kernel kernel, Process process, Call call) {
    List<String> fields = new ArrayList<>();
    fields.add("Linux");
    fields.add(kernel.settings().hostName());
    fields.add(release(kernel));
    fields.add("#1 SMP Godwit");
    fields.add("riscv64");
    fields.add("(none)");
    byte[] bytes = new byte[fields.size() * UTS_FIELD];
    for (int i = 0; i < fields.size(); i++) {
      byte[] text = fields.get(i).getBytes(US_ASCII);
      System.arraycopy(text, 0, bytes, i * UTS_FIELD, Math.min(text.length, UTS_FIELD - 1));
    }
    call.out(0, bytes);
    return Outcome.done(0);
  }

  /** struct sysinfo: uptime, loads[3], totalram, freeram, ... procs, ... mem_unit (sysinfo(2)). */
  private static Outcome sysinfo(Kernel kernel, Process process, Call call) {
    byte[] bytes = new byte[112];
    byte[] words =
        Words.of(
            kernel.now() / TimeCalls.SECOND,
            0,
            0,
            0,
            kernel.frames().capacity() * 4096,
            kernel.frames().free() * 4096);
    System.arraycopy(words, 0, bytes, 0, words.length);
    bytes[80] = (byte) kernel.processes().size();
    bytes[104] = 1;
    call.out(0, bytes);
    return Outcome.done(0);
  }

  private static Outcome usage(Kernel kernel, Process process, Call call) {
    call.out(1, ProcessCalls.usage(process.childrenNanos())); // Its own the body knows.
    return Outcome.done(0);
  }

  private static long usageOnBody(Kernel kernel, Task task, Call call, long value) {
    if (call.integer(0) != -1) {
      byte[] bytes = ProcessCalls.usage(task.body().cpuNanos(kernel.now()));
      task.body().memory().copyOut(call.scalar(1), bytes, 0, bytes.length);
    }
    return value;
  }
}
