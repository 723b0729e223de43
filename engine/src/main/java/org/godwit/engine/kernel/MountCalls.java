package org.godwit.engine.kernel;

import static org.godwit.engine.kernel.Args.n;

import java.util.List;
import org.godwit.engine.kernel.call.Arg;
import org.godwit.engine.kernel.call.Call;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * mount(2), as far as a node's mounts can change: {@code /mfs} may be remounted with {@code dfsa=0}
 * or {@code dfsa=1}. What else there is to be mounted is mounted when the node is switched on.
 */
final class MountCalls {
  private static final long REMOUNT = 32;
  private static final String OPTION = "dfsa=";

  private MountCalls() {}

  static List<Syscall> rows() {
    return List.of(
        Syscall.home(
            40,
            "mount",
            List.of(
                new Arg.Path("source"),
                new Arg.Path("target"),
                new Arg.Path("type"),
                n("flags"),
                new Arg.Path("options")),
            MountCalls::mount));
  }

  private static Outcome mount(Kernel kernel, Process process, Call call) {
    if (process.files().credentials().euid() != 0) {
      return Outcome.error(Errno.EPERM);
    }
    String target = call.path(1);
    if (target == null) {
      return Outcome.error(Errno.EFAULT);
    }
    if (process.files().node().tree().find(target) == null) {
      return Outcome.error(Errno.ENOENT);
    }
    if ((call.scalar(3) & REMOUNT) == 0) {
      return Outcome.error("mfs".equals(call.path(2)) ? Errno.EBUSY : Errno.ENODEV);
    }
    if (!target.equals("/mfs")) {
      return Outcome.error(Errno.EINVAL);
    }
    String options = call.path(4) == null ? "" : call.path(4);
    Boolean direct = null;
    for (String each : options.split(",")) {
      switch (each) {
        case "", "rw", "defaults" -> {}
        case OPTION + "0" -> direct = false;
        case OPTION + "1" -> direct = true;
        default -> {
          return Outcome.error(Errno.EINVAL);
        }
      }
    }
    if (direct != null) {
      kernel.mountRemoteFiles(direct);
    }
    return Outcome.done(0);
  }
}
