package org.godwit.engine.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * prctl(2): the name of a process (of its first thread; others answer to the same), the signal that
 * the end of its parent brings, and that it does not dump core. Everything else is EINVAL.
 */
final class PrctlCalls {
  private static final int SET_DEATH_SIGNAL = 1;
  private static final int GET_DEATH_SIGNAL = 2;
  private static final int GET_DUMPABLE = 3;
  private static final int SET_DUMPABLE = 4;
  private static final int SET_NAME = 15;
  private static final int GET_NAME = 16;
  private static final int NAME = 16;

  private PrctlCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
                167,
                "prctl",
                Args.scalars("option", "arg2", "arg3", "arg4", "arg5"),
                PrctlCalls::atHome)
            .first(PrctlCalls::onBody)
            .then(PrctlCalls::afterwards));
  }

  private static long onBody(Kernel kernel, Task task, Call call) {
    Body body = task.body();
    if (call.integer(0) == GET_NAME) {
      byte[] name = body.program().getBytes(StandardCharsets.ISO_8859_1);
      byte[] field = Arrays.copyOf(Arrays.copyOf(name, Math.min(name.length, NAME - 1)), NAME);
      body.memory().copyOut(call.scalar(1), field, 0, NAME);
      return 0;
    }
    if (call.integer(0) == SET_NAME) {
      byte[] name = body.memory().readCString(call.scalar(1), NAME);
      if (name == null) { // It is longer than that.
        name = new byte[NAME - 1];
        body.memory().copyIn(call.scalar(1), name, 0, name.length);
      }
      if (task.tid() != body.id().pid()) {
        return 0;
      }
      body.program(new String(name, StandardCharsets.ISO_8859_1));
      call.in(1, name);
    }
    return Syscall.FORWARD;
  }

  private static Outcome atHome(Kernel kernel, Process process, Call call) {
    int value = call.integer(1);
    switch (call.integer(0)) {
      case SET_NAME ->
          process.program(new String(call.in(1), StandardCharsets.ISO_8859_1), process.arguments());
      case SET_DEATH_SIGNAL -> {
        if (value != 0 && !Signals.isValid(value)) {
          return Outcome.error(Errno.EINVAL);
        }
        process.deathSignal(value);
      }
      case GET_DEATH_SIGNAL -> {
        return Outcome.done(process.deathSignal());
      }
      case GET_DUMPABLE -> {
        return Outcome.done(1);
      }
      case SET_DUMPABLE -> {
        return value == 0 || value == 1 ? Outcome.done(0) : Outcome.error(Errno.EINVAL);
      }
      default -> {
        return Outcome.error(Errno.EINVAL);
      }
    }
    return Outcome.done(0);
  }

  private static long afterwards(Kernel kernel, Task task, Call call, long value) {
    if (call.integer(0) != GET_DEATH_SIGNAL) {
      return value;
    }
    task.body().memory().store32(call.scalar(1), (int) value);
    return 0;
  }
}
