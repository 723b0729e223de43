package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Outcome;
import org.godwit.engine.kernel.call.WaitChannel;

/** A call that waits at home. Tried again whenever one of its channels wakes or its time comes. */
final class PendingCall implements WaitChannel.Waiter {
  private final Kernel kernel;
  private final Process process;
  private final Syscall row;
  private final Call call;
  private List<WaitChannel> channels = List.of();
  private Alarms.Alarm alarm;
  private boolean queued;

  PendingCall(Kernel kernel, Process process, Syscall row, Call call) {
    this.kernel = kernel;
    this.process = process;
    this.row = row;
    this.call = call;
  }

  Process process() {
    return process;
  }

  Syscall row() {
    return row;
  }

  Call call() {
    return call;
  }

  /** Waits as {@code wait} says. */
  void park(Outcome.Wait wait) {
    channels = wait.channels();
    queued = false;
    for (WaitChannel channel : channels) {
      channel.add(this);
    }
    if (wait.deadlineNanos() != Long.MAX_VALUE) {
      alarm = kernel.alarms().at(wait.deadlineNanos(), this::wake);
    }
  }

  /** Leaves all channels. */
  void unpark() {
    for (WaitChannel channel : channels) {
      channel.remove(this);
    }
    channels = List.of();
    if (alarm != null) {
      alarm.cancel();
      alarm = null;
    }
  }

  @Override
  public void wake() {
    if (!queued) {
      queued = true;
      unpark();
      kernel.retryLater(this);
    }
  }
}
