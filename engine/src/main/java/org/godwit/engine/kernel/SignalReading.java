package org.godwit.engine.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.godwit.engine.kernel.file.SignalPort;
import org.godwit.model.ProcessId;

/** Takes signals from bodies for those who read them as files: signalfd(2). */
final class SignalReading implements SignalPort {
  private static final int RECORD = 128;

  private final Kernel kernel;

  SignalReading(Kernel kernel) {
    this.kernel = kernel;
  }

  private Task task(int pid, int tid) {
    return kernel.task(new ProcessId(kernel.settings().node(), pid), tid);
  }

  @Override
  public boolean isHere(int pid) {
    Process process = kernel.process(pid);
    Body body = process == null ? null : kernel.body(process.id());
    return body != null && !body.frozen() && !process.held();
  }

  @Override
  public long pending(int pid, int tid) {
    Task task = task(pid, tid);
    return task == null ? 0 : task.pendingBits();
  }

  @Override
  public byte[] take(int pid, int tid, long wanted) {
    Task task = task(pid, tid);
    SignalInfo info = task == null ? null : task.take(wanted);
    return info == null ? null : record(info);
  }

  /** struct signalfd_siginfo (signalfd(2)): what kind of signal it is decides what is filled in. */
  private static byte[] record(SignalInfo info) {
    ByteBuffer to = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(0, info.signal()).putInt(8, info.code());
    boolean child = info.signal() == Signals.SIGCHLD && info.code() > 0;
    if (info.code() == SignalInfo.TIMER) {
      to.putInt(24, info.pid());
    } else if (info.code() != SignalInfo.KERNEL) {
      to.putInt(12, info.pid()).putInt(16, info.uid());
    }
    if (child) {
      to.putInt(40, (int) info.value());
    } else if (info.code() == SignalInfo.QUEUE || info.code() == SignalInfo.TIMER) {
      to.putInt(44, (int) info.value()).putLong(48, info.value());
    }
    return to.array();
  }
}
