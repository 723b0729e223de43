package org.godwit.engine.kernel;

import java.util.List;
import org.godwit.engine.kernel.call.Errno;
import org.godwit.engine.kernel.call.Outcome;

/**
 * What only the administrator of a machine may do, and what a scenario does for the machines here:
 * EPERM for everybody, root too, as where a capability is missing (capabilities(7)).
 */
final class RefusedCalls {
  private RefusedCalls() {}

  static List<Syscall> rows() {
    return List.of(
        refused(39, "umount2", "target", "flags"),
        refused(51, "chroot", "path"),
        refused(58, "vhangup"),
        refused(89, "acct", "path"),
        refused(97, "unshare", "flags"),
        refused(105, "init_module", "image", "length", "parameters"),
        refused(106, "delete_module", "name", "flags"),
        refused(112, "clock_settime", "clock", "time"),
        refused(142, "reboot", "magic", "magic2", "command", "arg"),
        refused(161, "sethostname", "name", "length"),
        refused(162, "setdomainname", "name", "length"),
        refused(170, "settimeofday", "time", "zone"),
        refused(224, "swapon", "path", "flags"),
        refused(225, "swapoff", "path"),
        refused(268, "setns", "fd", "type"));
  }

  private static Syscall refused(int number, String name, String... arguments) {
    return Syscall.home(
        number,
        name,
        Args.scalars(arguments),
        (kernel, process, call) -> Outcome.error(Errno.EPERM));
  }
}
