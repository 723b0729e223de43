package org.godwit.engine.kernel;

import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.state.Walk;

/** What a task waits for, as data that can travel (design rule 6, decision 12). */
public sealed interface TaskWait {
  /** The home node works on a call, or the call waits there. */
  record AtHome(Call call) implements TaskWait {}

  /** Until an instant; {@code call} is the sleep itself. */
  record Sleep(long deadlineNanos, Call call) implements TaskWait {}

  /** Until the process has used so much CPU time; {@code call} is the sleep itself. */
  record CpuSleep(long deadlineNanos, Call call) implements TaskWait {}

  /** For a futex wake at an address (futex(2)); {@link Long#MAX_VALUE} for no time limit. */
  record Futex(long address, int bitset, long deadlineNanos) implements TaskWait {}

  /**
   * For a page that home has.
   *
   * @param call the call whose buffers need the page, or null if an instruction touched it
   * @param finished whether the call is done and only its results are to be copied out
   * @param value the finished call's value
   */
  record PageIn(long handle, long index, Call call, boolean finished, long value)
      implements TaskWait {}

  /** For the body to be at home, where {@code call} will be made (decision 15). */
  record GoHome(Call call) implements TaskWait {}

  /** For the verdict on a forced move ({@code --migrate-every}). */
  record Exercise() implements TaskWait {}

  /** For a signal (rt_sigsuspend, pause). */
  record Pause(Call call) implements TaskWait {}

  /** For a signal of a set (rt_sigtimedwait); {@link Long#MAX_VALUE} for no time limit. */
  record SignalIn(long set, long deadlineNanos, Call call) implements TaskWait {}

  /** For a vfork child to exec or end; {@code call} is the clone, {@code child} its pid. */
  record Vfork(int child, Call call) implements TaskWait {}

  /**
   * For a node that makes a file call (DFSA).
   *
   * @param number of the request
   * @param server the node
   * @param via the node that asked it, to which it answers
   * @param creates whether the call makes something
   */
  record Dfsa(Call call, long number, int server, int via, boolean creates) implements TaskWait {}

  /** Whether it is the program that wants to wait, and the body that keeps watch. */
  default boolean isBodys() {
    return this instanceof Sleep
        || this instanceof CpuSleep
        || this instanceof Futex
        || this instanceof Pause
        || this instanceof SignalIn;
  }

  /** Writes or reads a wait. */
  static TaskWait walk(Walk walk, TaskWait wait) {
    int kind =
        walk.i32(
            "kind",
            switch (wait) {
              case null -> 0;
              case AtHome w -> 1;
              case Sleep w -> 2;
              case Futex w -> 3;
              case PageIn w -> 4;
              case GoHome w -> 5;
              case Exercise w -> 6;
              case Pause w -> 7;
              case SignalIn w -> 8;
              case Vfork w -> 9;
              case Dfsa w -> 10;
              case CpuSleep w -> 11;
            });
    return switch (kind) {
      case 1 -> new AtHome(walk(walk, wait instanceof AtHome w ? w.call() : new Call()));
      case 2 -> {
        Sleep sleep = wait instanceof Sleep w ? w : new Sleep(0, new Call());
        long deadline = walk.i64("deadline", sleep.deadlineNanos());
        yield new Sleep(deadline, walk(walk, sleep.call()));
      }
      case 3 -> {
        Futex futex = wait instanceof Futex w ? w : new Futex(0, 0, 0);
        long address = walk.i64("address", futex.address());
        int bitset = walk.i32("bitset", futex.bitset());
        yield new Futex(address, bitset, walk.i64("deadline", futex.deadlineNanos()));
      }
      case 4 -> {
        PageIn page = wait instanceof PageIn w ? w : new PageIn(0, 0, null, false, 0);
        long handle = walk.i64("handle", page.handle());
        long index = walk.i64("index", page.index());
        Call call = page.call();
        if (walk.present("call", call != null)) {
          call = walk(walk, call == null ? new Call() : call);
        }
        boolean finished = walk.flag("finished", page.finished());
        yield new PageIn(handle, index, call, finished, walk.i64("value", page.value()));
      }
      case 5 -> new GoHome(walk(walk, wait instanceof GoHome w ? w.call() : new Call()));
      case 6 -> new Exercise();
      case 7 -> new Pause(walk(walk, wait instanceof Pause w ? w.call() : new Call()));
      case 8 -> {
        SignalIn in = wait instanceof SignalIn w ? w : new SignalIn(0, 0, new Call());
        long set = walk.i64("set", in.set());
        long deadline = walk.i64("deadline", in.deadlineNanos());
        yield new SignalIn(set, deadline, walk(walk, in.call()));
      }
      case 9 -> {
        Vfork vfork = wait instanceof Vfork w ? w : new Vfork(0, new Call());
        int child = walk.i32("child", vfork.child());
        yield new Vfork(child, walk(walk, vfork.call()));
      }
      case 10 -> {
        Dfsa dfsa = wait instanceof Dfsa w ? w : new Dfsa(new Call(), 0, 0, 0, false);
        long number = walk.i64("number", dfsa.number());
        int server = walk.i32("server", dfsa.server());
        int via = walk.i32("via", dfsa.via());
        boolean creates = walk.flag("creates", dfsa.creates());
        yield new Dfsa(walk(walk, dfsa.call()), number, server, via, creates);
      }
      case 11 -> {
        CpuSleep sleep = wait instanceof CpuSleep w ? w : new CpuSleep(0, new Call());
        long deadline = walk.i64("deadline", sleep.deadlineNanos());
        yield new CpuSleep(deadline, walk(walk, sleep.call()));
      }
      default -> throw new IllegalStateException("no such wait: " + kind);
    };
  }

  private static Call walk(Walk walk, Call call) {
    call.walk(walk);
    return call;
  }
}
